using static Supermachine.Engine.Software.Avx;

namespace Supermachine.Engine.Software;

/// <content>
/// V registers that are held. What floating-point instructions compute and loads load stays in XMM8 to XMM15, beside the store to
/// memory, so that the next of a chain need not wait for that. It ends with the block, and with whatever does not tell what it writes.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    private const int HeldCount = 8;

    private HeldVectors _held;
    private int _nextHeld;

    /// <summary>What is held after each op that a cold path comes back from: by index in <see cref="_cold"/>.</summary>
    private readonly Buffer<HeldVectors> _heldAfter = new();

    /// <summary>Set by an emitter that says of V registers what it writes, or writes none.</summary>
    private bool _keepsHeld;

    private static HostVector HostOf(int at) => (HostVector)((int)HostVector.XMM8 + at);

    /// <summary>A V register has just been stored: holds it as well.</summary>
    private void Hold(int v, HostVector from, HeldForm form)
    {
        if (!HostFeatures.Avx2) return;
        int at = _held.Find(v);
        if (at < 0)
        {
            at = _nextHeld;
            _nextHeld = (_nextHeld + 1) % HeldCount;
        }

        Emit(VMOVAPS, HostOf(at), HostVector.XMM0, from);
        _held = _held.With(at, v, (int)form);
        _keepsHeld = true;
    }

    /// <summary>A V register is written in memory alone.</summary>
    private void Forget(int v)
    {
        int at = _held.Find(v);
        if (at >= 0) _held = _held.Without(at);
        _keepsHeld = true;
    }

    /// <summary>The host register that holds a V register whose bits above some form are zero.</summary>
    private bool TryGetHeld(int v, HeldForm form, out HostVector host)
    {
        int at = _held.Find(v);
        host = HostOf(at);
        return at >= 0 && _held.Form(at) <= (int)form;
    }

    /// <summary>After an op: what it may have changed unsaid is held no more.</summary>
    private void FinishHeld(Row? row)
    {
        if (!_keepsHeld && (row is null || (row.Traits & (RowTraits.Stays | RowTraits.ReadsFlags)) == 0 || (row.Traits & RowTraits.Fp) != 0)) _held = default;
        while (_heldAfter.Count < _cold.Count) _heldAfter.Add(_held);
    }

    /// <summary>Loads what is held from memory, after the interpreter had the host's registers. Leaves EFLAGS alone.</summary>
    private void Reload(HeldVectors held)
    {
        for (int at = 0; at < HeldCount; at++)
            if (held.Register(at) is { } v) Asm.VectorLoad(HostOf(at), Cpu0, CpuOffset.V(v));
    }

    /// <summary>Eight bytes: a V register, its form in bits 6 and 5, and bit 7 where there is one.</summary>
    private readonly record struct HeldVectors(ulong Bytes)
    {
        public int Find(int v)
        {
            for (int at = 0; at < HeldCount; at++)
                if (Register(at) == v) return at;
            return -1;
        }

        public int? Register(int at) => (Byte(at) & 0x80) != 0 ? Byte(at) & 31 : null;

        public int Form(int at) => Byte(at) >> 5 & 3;

        public HeldVectors With(int at, int v, int form) => new(Without(at).Bytes | (ulong)(0x80 | form << 5 | v) << (8 * at));

        public HeldVectors Without(int at) => new(Bytes & ~(0xFFUL << (8 * at)));

        private int Byte(int at) => (int)(Bytes >> (8 * at)) & 0xFF;
    }
}

/// <summary>How much of a V register may be other than zero: its low 32 bits, its low 64, or all.</summary>
internal enum HeldForm : byte
{
    Single,
    Half,
    Full,
}

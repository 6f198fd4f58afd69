using System.Buffers;

namespace Supermachine.Runtime;

/// <summary>A range of guest RAM as <see cref="Memory{T}"/>, which indexes by 32 bits.</summary>
internal sealed unsafe class RamWindow(nint address, int length) : MemoryManager<byte>
{
    // SAFETY: the range lies within guest RAM, which outlives the machine's devices.
    public override Span<byte> GetSpan() => new((void*)address, length);

    // SAFETY: native memory never moves, so pinning is only arithmetic.
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        return new MemoryHandle((byte*)address + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}

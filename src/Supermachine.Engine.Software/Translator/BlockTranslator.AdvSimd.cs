using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// What the emitters of Advanced SIMD share. V registers are in memory: an emitter loads one, works on it with the others as memory
/// operands, and stores the result. It always stores 16 bytes at once, for the host forwards these to whatever loads them next; the
/// last few results stay in host registers as well (BlockTranslator.HeldVectors.cs).
/// Sizes are log2 of bytes. None of this touches EFLAGS but where it says so.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    private static readonly Avx[] Adds = [VPADDB, VPADDW, VPADDD, VPADDQ];
    private static readonly Avx[] Subs = [VPSUBB, VPSUBW, VPSUBD, VPSUBQ];
    private static readonly Avx[] Equals0 = [VPCMPEQB, VPCMPEQW, VPCMPEQD, VPCMPEQQ];
    private static readonly Avx[] Greaters = [VPCMPGTB, VPCMPGTW, VPCMPGTD, VPCMPGTQ];
    private static readonly Avx[] UnpackLows = [VPUNPCKLBW, VPUNPCKLWD, VPUNPCKLDQ, VPUNPCKLQDQ];
    private static readonly Avx[] UnpackHighs = [VPUNPCKHBW, VPUNPCKHWD, VPUNPCKHDQ, VPUNPCKHQDQ];
    private static readonly Avx[] Broadcasts = [VPBROADCASTB, VPBROADCASTW, VPBROADCASTD, VPBROADCASTQ];
    private static readonly Avx[] Inserts = [VPINSRB, VPINSRW, VPINSRD, VPINSRQ];
    private static readonly Avx[] Extracts = [VPEXTRB, VPEXTRW, VPEXTRD, VPEXTRQ];
    private static readonly Avx[] ExtendsSigned = [VPMOVSXBW, VPMOVSXWD, VPMOVSXDQ];
    private static readonly Avx[] ExtendsUnsigned = [VPMOVZXBW, VPMOVZXWD, VPMOVZXDQ];

    private readonly Buffer<VectorConstant> _constants = new();

    private void Emit(Avx op, HostVector to, HostVector a, HostVector b) => Asm.Vector(op, to, a, b);

    private void Emit(Avx op, HostVector to, HostVector a, HostVector b, int immediate)
    {
        Asm.Vector(op, to, a, b);
        Asm.Byte(immediate);
    }

    /// <summary>VPBLENDVB and kin, whose mask is a fourth operand: <paramref name="b"/> where it is set.</summary>
    private void EmitBlend(Avx op, HostVector to, HostVector a, HostVector b, HostVector mask) => Emit(op, to, a, b, (int)mask << 4);

    /// <summary>With a constant as the last operand: both halves alike.</summary>
    private void EmitConstant(Avx op, HostVector to, HostVector a, ulong value) => EmitConstant(op, to, a, value, value);

    private void EmitConstant(Avx op, HostVector to, HostVector a, ulong low, ulong high) =>
        _constants.Add(new VectorConstant(low, high, Asm.VectorRelative(op, to, a)));

    /// <summary>A register = a constant.</summary>
    private void LoadConstant(HostVector to, ulong low, ulong high)
    {
        if ((low | high) == 0) Zero(to);
        else if ((low & high) == ulong.MaxValue) Ones(to);
        else EmitConstant(VMOVDQU, to, XMM0, low, high);
    }

    private void Zero(HostVector register) => Emit(VPXOR, register, register, register);

    private void Ones(HostVector register) => Emit(VPCMPEQD, register, register, register);

    /// <summary>Complements a register by way of another.</summary>
    private void Not(HostVector register, HostVector scratch)
    {
        Ones(scratch);
        Emit(VPXOR, register, register, scratch);
    }

    /// <summary>Writes the constants of a block behind it.</summary>
    private void EmitConstants()
    {
        if (_constants.Count == 0) return;
        Asm.Align(16);
        for (int i = 0; i < _constants.Count; i++)
        {
            VectorConstant constant = _constants[i];
            if (constant.Displacement == 0) continue;
            for (int j = i; j < _constants.Count; j++)
            {
                if (_constants[j].Displacement == 0 || _constants[j].Low != constant.Low || _constants[j].High != constant.High) continue;
                Asm.Bind(_constants[j].Displacement);
                _constants[j] = default;
            }

            Asm.Int64(constant.Low);
            Asm.Int64(constant.High);
        }
    }

    /// <summary>An element in each lane of 64 bits.</summary>
    private static ulong Repeat(int size, ulong element) => size switch
    {
        0 => 0x0101010101010101 * (element & 0xFF),
        1 => 0x0001000100010001 * (element & 0xFFFF),
        2 => 0x0000000100000001 * (element & 0xFFFFFFFF),
        _ => element,
    };

    private static ulong LowBits(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;

    private static ulong SignBit(int size) => Repeat(size, 1UL << ((8 << size) - 1));

    private static int SizeOf(uint i) => (int)i.Field(22, 2);

    /// <summary>Whether an instruction works on 128 bits: Q, unless bit 28 makes it scalar.</summary>
    private static bool IsFull(uint i) => i.Bit(30) && !i.Bit(28);

    /// <summary>How many bytes an instruction works on.</summary>
    private static int BytesOf(uint i, int size) => i.Bit(28) ? 1 << size : i.Bit(30) ? 16 : 8;

    /// <summary>Zeroes what is above some bytes: 1 to 16.</summary>
    private void Clip(HostVector register, int bytes)
    {
        if (bytes == 8) Emit(VMOVQ, register, XMM0, register);
        else if (bytes < 8) EmitConstant(VPAND, register, register, LowBits(8 * bytes), 0);
    }

    /// <summary>Writes Rd: all of it, or the low half and zeros.</summary>
    private bool Result(uint i, Op* op, HostVector value)
    {
        if (!IsFull(i)) Clip(value, 8);
        StoreVector(op->Rd, value);
        return true;
    }

    private readonly record struct VectorConstant(ulong Low, ulong High, ulong Displacement);
}

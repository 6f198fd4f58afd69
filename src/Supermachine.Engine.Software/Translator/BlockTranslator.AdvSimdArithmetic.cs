using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD arithmetic on elements of one size, without saturation.</content>
internal sealed unsafe partial class BlockTranslator
{
    private static readonly Avx[] MaxSigned = [VPMAXSB, VPMAXSW, VPMAXSD], MaxUnsigned = [VPMAXUB, VPMAXUW, VPMAXUD];
    private static readonly Avx[] MinSigned = [VPMINSB, VPMINSW, VPMINSD], MinUnsigned = [VPMINUB, VPMINUW, VPMINUD];
    private static readonly Avx[] Absolutes = [VPABSB, VPABSW, VPABSD];

    private static Avx[] MinMax(bool min, bool unsigned) => (min, unsigned) switch
    {
        (false, false) => MaxSigned,
        (false, true) => MaxUnsigned,
        (true, false) => MinSigned,
        _ => MinUnsigned,
    };

    public static bool AddVector(BlockTranslator t, uint i, Op* op) => t.TwoOperands(Adds[SizeOf(i)], i, op);

    public static bool SubVector(BlockTranslator t, uint i, Op* op) => t.TwoOperands(Subs[SizeOf(i)], i, op);

    /// <summary>SMAX, UMAX, SMIN, UMIN.</summary>
    public static bool MinMaxVector(BlockTranslator t, uint i, Op* op) => t.TwoOperands(MinMax(i.Bit(11), i.Bit(29))[SizeOf(i)], i, op);

    private bool TwoOperands(Avx operation, uint i, Op* op)
    {
        Emit(operation, XMM0, UseVector(op->Rn, XMM0), op->Rm);
        return Result(i, op, XMM0);
    }

    /// <summary>SABD, UABD, SABA, UABA.</summary>
    public static bool AbsoluteDifference(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool unsigned = i.Bit(29), accumulate = i.Bit(11);
        t.LoadVector(XMM0, op->Rn);
        t.Emit(MinMax(true, unsigned)[size], XMM1, XMM0, op->Rm);
        t.Emit(MinMax(false, unsigned)[size], XMM0, XMM0, op->Rm);
        t.Emit(Subs[size], XMM0, XMM0, XMM1);
        if (accumulate) t.Emit(Adds[size], XMM0, XMM0, op->Rd);
        return t.Result(i, op, XMM0);
    }

    public static bool MultiplyVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM1, op->Rm);
        return t.MultiplyBy(i, op, null);
    }

    /// <summary>MLA, MLS.</summary>
    public static bool MultiplyAccumulateVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM1, op->Rm);
        return t.MultiplyBy(i, op, subtract: i.Bit(29));
    }

    public static bool MultiplyElement(BlockTranslator t, uint i, Op* op)
    {
        t.BroadcastElement(XMM1, op, SizeOf(i));
        return t.MultiplyBy(i, op, null);
    }

    /// <summary>MLA, MLS (by element).</summary>
    public static bool MultiplyAccumulateElement(BlockTranslator t, uint i, Op* op)
    {
        t.BroadcastElement(XMM1, op, SizeOf(i));
        return t.MultiplyBy(i, op, subtract: i.Bit(14));
    }

    /// <summary>The element that <see cref="Op.Ra"/> numbers of Rm in every lane.</summary>
    private void BroadcastElement(HostVector to, Op* op, int size)
    {
        int at = op->Ra << size;
        if (!TryGetHeld(op->Rm, HeldForm.Full, out HostVector held))
        {
            Asm.Vector(Broadcasts[size], to, XMM0, Cpu0, CpuOffset.V(op->Rm) + at);
            return;
        }

        if (at != 0) Asm.VectorShiftBytes(to, held, at);
        Emit(Broadcasts[size], to, XMM0, at != 0 ? to : held);
    }

    /// <summary>Rn times XMM1, alone or added to Rd or subtracted from it.</summary>
    private bool MultiplyBy(uint i, Op* op, bool? subtract)
    {
        int size = SizeOf(i);
        LoadVector(XMM0, op->Rn);
        if (size == 0) MultiplyBytes();
        else Emit(size == 1 ? VPMULLW : VPMULLD, XMM0, XMM0, XMM1);
        if (subtract == true)
        {
            LoadVector(XMM1, op->Rd);
            Emit(Subs[size], XMM0, XMM1, XMM0);
        }
        else if (subtract == false)
        {
            Emit(Adds[size], XMM0, XMM0, op->Rd);
        }

        return Result(i, op, XMM0);
    }

    /// <summary>XMM0 times XMM1: there is no such instruction, so the odd and the even bytes of each word in turn.</summary>
    private void MultiplyBytes()
    {
        Asm.VectorShift(AvxShift.Right, 1, XMM2, XMM0, 8);
        Asm.VectorShift(AvxShift.Right, 1, XMM3, XMM1, 8);
        Emit(VPMULLW, XMM2, XMM2, XMM3);
        Asm.VectorShift(AvxShift.Left, 1, XMM2, XMM2, 8);
        Emit(VPMULLW, XMM0, XMM0, XMM1);
        EmitConstant(VPAND, XMM0, XMM0, Repeat(1, 0xFF));
        Emit(VPOR, XMM0, XMM0, XMM2);
    }

    public static bool NegateVector(BlockTranslator t, uint i, Op* op)
    {
        t.Zero(XMM0);
        t.Emit(Subs[SizeOf(i)], XMM0, XMM0, op->Rn);
        return t.Result(i, op, XMM0);
    }

    public static bool AbsoluteVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Absolute(SizeOf(i), XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>The lowest number stays itself.</summary>
    private void Absolute(int size, HostVector register, HostVector scratch)
    {
        if (size < 3)
        {
            Emit(Absolutes[size], register, XMM0, register);
            return;
        }

        Zero(scratch);
        Emit(VPCMPGTQ, scratch, scratch, register);
        Emit(VPXOR, register, register, scratch);
        Emit(VPSUBQ, register, register, scratch);
    }

    /// <summary>
    /// SHADD, UHADD, SRHADD, URHADD, SHSUB, UHSUB, without the sum's extra bit: n + m is twice what both have plus what one has, or twice what
    /// either has less what one has; n - m is what one has less twice what m alone has.
    /// </summary>
    public static bool HalvingArithmetic(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool rounding = i.Bit(12), subtract = i.Bit(13), unsigned = i.Bit(29);
        t.LoadVector(XMM0, op->Rn);
        if (rounding && unsigned && size < 2)
        {
            t.Emit(size == 0 ? VPAVGB : VPAVGW, XMM0, XMM0, op->Rm);
            return t.Result(i, op, XMM0);
        }

        t.Emit(VPXOR, XMM1, XMM0, op->Rm);
        t.Emit(subtract ? VPANDN : rounding ? VPOR : VPAND, XMM0, XMM0, op->Rm);
        t.ShiftRight(size, !unsigned, XMM1, XMM2, 1);
        if (subtract) t.Emit(Subs[size], XMM0, XMM1, XMM0);
        else if (rounding) t.Emit(Subs[size], XMM0, XMM0, XMM1);
        else t.Emit(Adds[size], XMM0, XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }
}

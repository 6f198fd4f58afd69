using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <summary>Routines of translated floating point. Made once for each code memory.</summary>
internal sealed class FloatingPointStubs
{
    // What it is while .NET code runs, and translated code too: nothing is trapped, to nearest, denormals as they are. No flag is up.
    private const int DefaultMxcsr = 0x1F80;

    // IE, ZE, OE, UE, PE. DE is the host's own invention.
    private const int Flags = 0x3D;

    private readonly ulong _isExactSingle, _isExactDouble, _hasZeroFactorSingle, _hasZeroFactorDouble;

    public FloatingPointStubs(HostAssembler asm)
    {
        IsExact = EmitIsExact(asm);
        _isExactSingle = EmitIsExactNumber(asm, isDouble: false);
        _isExactDouble = EmitIsExactNumber(asm, isDouble: true);
        _hasZeroFactorSingle = EmitHasZeroFactor(asm, isDouble: false);
        _hasZeroFactorDouble = EmitHasZeroFactor(asm, isDouble: true);
    }

    /// <summary>Called after something was computed: ZF if no flag of the host's is up. If one is, all are cleared for another try.</summary>
    public ulong IsExact { get; }

    /// <summary>As <see cref="IsExact"/>, and there must be no NaN in XMM0.</summary>
    public ulong IsExactNumber(bool isDouble) => isDouble ? _isExactDouble : _isExactSingle;

    /// <summary>
    /// Called after a product, or the sum of one and something: ZF if lanes out of range, ones in XMM5, have a zero in XMM1 or XMM2, so
    /// that it is exact, and there is no NaN in XMM0.
    /// </summary>
    public ulong HasZeroFactor(bool isDouble) => isDouble ? _hasZeroFactorDouble : _hasZeroFactorSingle;

    private static ulong EmitIsExact(HostAssembler asm)
    {
        const int Load = 2, Store = 3, BelowStack = -8;
        asm.Align(16);
        ulong mxcsr = asm.Here;
        asm.Int32(DefaultMxcsr);
        ulong entry = asm.Here;
        asm.Vector(VLDMXCSR, (HostVector)Store, XMM0, HostRegister.RSP, BelowStack);
        asm.RegMem(0xF6, 0, HostRegister.RSP, BelowStack, wide: false); // TEST
        asm.Byte(Flags);
        ulong exact = asm.JumpForward(HostCondition.E);
        asm.Patch(asm.VectorRelative(VLDMXCSR, (HostVector)Load, XMM0), mxcsr);
        asm.Bind(exact);
        asm.Byte(0xC3);
        return entry;
    }

    private ulong EmitIsExactNumber(HostAssembler asm, bool isDouble)
    {
        ulong entry = asm.Here;
        FindUnordered(asm, isDouble, XMM5);
        asm.Vector(VPTEST, XMM5, XMM0, XMM5);
        ulong isNaN = asm.JumpForward(HostCondition.NE);
        asm.Jump(IsExact);
        asm.Bind(isNaN);
        asm.Byte(0xC3);
        return entry;
    }

    private static ulong EmitHasZeroFactor(HostAssembler asm, bool isDouble)
    {
        ulong entry = asm.Here;
        asm.Vector(VPXOR, XMM4, XMM4, XMM4);
        FindEqual(asm, isDouble, XMM3, XMM1, XMM4);
        FindEqual(asm, isDouble, XMM4, XMM2, XMM4);
        asm.Vector(VPOR, XMM3, XMM3, XMM4);
        asm.Vector(VPANDN, XMM3, XMM3, XMM5);
        FindUnordered(asm, isDouble, XMM4);
        asm.Vector(VPOR, XMM3, XMM3, XMM4);
        asm.Vector(VPTEST, XMM3, XMM0, XMM3);
        asm.Byte(0xC3);
        return entry;
    }

    private static void FindEqual(HostAssembler asm, bool isDouble, HostVector to, HostVector a, HostVector b) =>
        Compare(asm, isDouble, to, a, b, FpPredicate.Equal);

    private static void FindUnordered(HostAssembler asm, bool isDouble, HostVector to) =>
        Compare(asm, isDouble, to, XMM0, XMM0, FpPredicate.Unordered);

    private static void Compare(HostAssembler asm, bool isDouble, HostVector to, HostVector a, HostVector b, FpPredicate predicate)
    {
        asm.Vector(new FpShape(isDouble, IsScalar: false, IsHalf: false).Packed(VCMPPS), to, a, b);
        asm.Byte((int)predicate);
    }
}

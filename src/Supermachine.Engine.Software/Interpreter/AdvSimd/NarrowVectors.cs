using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Which half of Rd a narrowing instruction writes.</summary>
internal unsafe interface IHalf
{
    static abstract void Write(ulong* d, ulong value);
}

/// <summary>The lower half; the upper becomes zero.</summary>
internal readonly unsafe struct LowerHalf : IHalf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ulong* d, ulong value) => *(Vector128<ulong>*)d = Vector128.CreateScalar(value);
}

/// <summary>The forms with 2: the upper half; the lower stays.</summary>
internal readonly unsafe struct UpperHalf : IHalf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ulong* d, ulong value) => d[1] = value;
}

/// <summary>Instructions whose result is the low or high half of wide elements, without saturation: XTN, SHRN, RSHRN, ADDHN and kin.</summary>
// SAFETY: as in Vectors.
internal static unsafe class NarrowVectors
{
    private static Op* Run<T, TOp, THalf>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IVectorOp
        where THalf : struct, IHalf
    {
        THalf.Write(cpu->V0 + (2 * op->Rd), Halves.Narrow(TOp.Of((Vector128<T>*)cpu->V0, op)));
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>The size field is that of the narrow elements.</summary>
    public static bool Bind<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp
    {
        if (i.Field(22, 2) == 3) return false;
        Vectors.Registers(i, op);
        op->Handler = i.Bit(30) ? Choose<TOp, UpperHalf>(i.Field(22, 2)) : Choose<TOp, LowerHalf>(i.Field(22, 2));
        return true;
    }

    public static bool BindShift<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp
    {
        if (!ShiftImmediate.TryDecode(i, right: true, out uint size, out int amount) || size == 3) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)amount;
        op->Handler = i.Bit(30) ? Choose<TOp, UpperHalf>(size) : Choose<TOp, LowerHalf>(size);
        return true;
    }

    private static delegate*<Cpu*, Op*, Op*> Choose<TOp, THalf>(uint size)
        where TOp : struct, IVectorOp
        where THalf : struct, IHalf => size switch
        {
            0 => &Run<ushort, TOp, THalf>,
            1 => &Run<uint, TOp, THalf>,
            _ => &Run<ulong, TOp, THalf>,
        };
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>An instruction of the class "three different" whose result elements are wide: SADDL, UMLAL and kin.</summary>
internal interface ILongOp
{
    static abstract Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>;
}

/// <summary>Where a long instruction's factors come from. <see cref="Op.Aux"/> is 0, or 8 for the forms with 2, which read the upper halves.</summary>
internal unsafe interface ILongSource
{
    static abstract Vector128<T> N<T>(Vector128<T>* v, Op* op)
        where T : unmanaged, IBinaryInteger<T>;

    static abstract Vector128<T> M<T>(Vector128<T>* v, Op* op)
        where T : unmanaged, IBinaryInteger<T>;
}

/// <summary>Both narrow.</summary>
internal readonly unsafe struct BothNarrow : ILongSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> ILongSource.N<T>(Vector128<T>* v, Op* op) => Halves.Widen<T>((byte*)(v + op->Rn) + op->Aux);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> ILongSource.M<T>(Vector128<T>* v, Op* op) => Halves.Widen<T>((byte*)(v + op->Rm) + op->Aux);
}

/// <summary>SADDW and kin: the first is wide already.</summary>
internal readonly unsafe struct SecondNarrow : ILongSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> ILongSource.N<T>(Vector128<T>* v, Op* op) => v[op->Rn];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> ILongSource.M<T>(Vector128<T>* v, Op* op) => Halves.Widen<T>((byte*)(v + op->Rm) + op->Aux);
}

/// <summary>By element: <see cref="Op.Ra"/> of Rm.</summary>
internal readonly unsafe struct NarrowElement : ILongSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> ILongSource.N<T>(Vector128<T>* v, Op* op) => Halves.Widen<T>((byte*)(v + op->Rn) + op->Aux);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> ILongSource.M<T>(Vector128<T>* v, Op* op) => Halves.WidenElement<T>((byte*)(v + op->Rm), op->Ra);
}

/// <summary>Handlers and binders of <see cref="ILongOp"/>.</summary>
// SAFETY: as in Vectors; Op.Aux is 0 or 8.
internal static unsafe class LongVectors
{
    private static Op* Run<T, TOp, TSource>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
        where TOp : struct, ILongOp
        where TSource : struct, ILongSource
    {
        Vector128<T>* v = (Vector128<T>*)cpu->V0;
        v[op->Rd] = TOp.Of(v[op->Rd], TSource.N(v, op), TSource.M(v, op));
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>Q selects the half, size 8 to 32.</summary>
    public static bool Bind<TOp, TSign, TSource>(uint i, Op* op)
        where TOp : struct, ILongOp
        where TSign : struct, ISign
        where TSource : struct, ILongSource
    {
        if (i.Field(22, 2) == 3) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)(i.Bit(30) ? 8 : 0);
        op->Handler = Choose<TOp, TSign, TSource>(i.Field(22, 2));
        return true;
    }

    public static bool BindByElement<TOp, TSign>(uint i, Op* op)
        where TOp : struct, ILongOp
        where TSign : struct, ISign
    {
        if (!VectorBinder.Element(i, op)) return false;
        op->Aux = (ushort)(i.Bit(30) ? 8 : 0);
        op->Handler = (TSign.IsSigned, i.Field(22, 2)) switch
        {
            (false, 1) => &Run<uint, TOp, NarrowElement>,
            (false, _) => &Run<ulong, TOp, NarrowElement>,
            (true, 1) => &Run<int, TOp, NarrowElement>,
            (true, _) => &Run<long, TOp, NarrowElement>,
        };
        return true;
    }

    private static delegate*<Cpu*, Op*, Op*> Choose<TOp, TSign, TSource>(uint size)
        where TOp : struct, ILongOp
        where TSign : struct, ISign
        where TSource : struct, ILongSource => (TSign.IsSigned, size) switch
        {
            (false, 0) => &Run<ushort, TOp, TSource>,
            (false, 1) => &Run<uint, TOp, TSource>,
            (false, _) => &Run<ulong, TOp, TSource>,
            (true, 0) => &Run<short, TOp, TSource>,
            (true, 1) => &Run<int, TOp, TSource>,
            (true, _) => &Run<long, TOp, TSource>,
        };
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <content>Shifts by an immediate in <see cref="Op.Aux"/>. A right shift may be as long as the element, which the host's is not.</content>
internal static unsafe partial class VectorOps
{
    public readonly struct ShiftLeft : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] << op->Aux;
    }

    /// <summary>SSHR, USHR.</summary>
    public readonly struct ShiftRight : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Right(v[op->Rn], op->Aux);
    }

    /// <summary>SSRA, USRA.</summary>
    public readonly struct ShiftRightAccumulate : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rd] + Right(v[op->Rn], op->Aux);
    }

    /// <summary>SRSHR, URSHR.</summary>
    public readonly struct RoundingShiftRight : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => RoundingRight(v[op->Rn], op->Aux);
    }

    /// <summary>SRSRA, URSRA.</summary>
    public readonly struct RoundingShiftRightAccumulate : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rd] + RoundingRight(v[op->Rn], op->Aux);
    }

    /// <summary>SLI: the bits below the shift stay.</summary>
    public readonly struct ShiftLeftInsert : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            v[op->Rn] << op->Aux | Vector128.AndNot(v[op->Rd], Vector128<T>.AllBitsSet << op->Aux);
    }

    /// <summary>SRI, of unsigned elements: the bits above what is shifted in stay.</summary>
    public readonly struct ShiftRightInsert : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Right(v[op->Rn], op->Aux) | Vector128.AndNot(v[op->Rd], Right(Vector128<T>.AllBitsSet, op->Aux));
    }

    /// <summary>By 1 to the element's length; arithmetic where T is signed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Right<T>(Vector128<T> value, int amount)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (amount < 8 * sizeof(T)) return value >> amount;
        return T.MinValue == T.Zero ? default : value >> (8 * sizeof(T) - 1);
    }

    // What is added is the last bit shifted out: no sum that needs one bit more than the element.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> RoundingRight<T>(Vector128<T> value, int amount)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Right(value, amount) + (value >> (amount - 1) & Vector128.Create(T.One));
}

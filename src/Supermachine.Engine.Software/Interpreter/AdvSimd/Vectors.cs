using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>An instruction that the host's vector operations do whole, whatever the element type.</summary>
internal unsafe interface IVectorOp
{
    /// <summary>The result, before it is cut to the width of the form.</summary>
    /// <param name="v">V0, of 32.</param>
    /// <param name="op">The operands.</param>
    static abstract Vector128<T> Of<T>(Vector128<T>* v, Op* op)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>Handlers of <see cref="IVectorOp"/>, and the choice among them by size and width.</summary>
// SAFETY: register numbers are five bits of the instruction, so that every access stays within the 32 registers of the Cpu.
internal static unsafe class Vectors
{
    public static Op* Run<T, TOp, TWidth>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IVectorOp
        where TWidth : struct, IWidth
    {
        Vector128<T>* v = (Vector128<T>*)cpu->V0;
        v[op->Rd] = TWidth.Clip(TOp.Of(v, op));
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>The element <see cref="Op.Ra"/> of Rm in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Element<T>(Vector128<T>* v, Op* op)
        where T : unmanaged => Vector128.Create(((T*)(v + op->Rm))[op->Ra]);

    /// <summary>The registers of nearly every instruction: Rd, Rn and Rm in bits 4 to 0, 9 to 5, 20 to 16.</summary>
    public static void Registers(uint i, Op* op)
    {
        op->Rd = (byte)i.Field(0, 5);
        op->Rn = (byte)i.Field(5, 5);
        op->Rm = (byte)i.Field(16, 5);
    }

    /// <summary>By Q.</summary>
    public static delegate*<Cpu*, Op*, Op*> Choose<TOp, TSign>(uint size, bool full)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign => full ? Choose<TOp, TSign, FullWidth>(size) : Choose<TOp, TSign, HalfWidth>(size);

    public static delegate*<Cpu*, Op*, Op*> Choose<TOp, TSign, TWidth>(uint size)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign
        where TWidth : struct, IWidth => (TSign.IsSigned, size) switch
        {
            (false, 0) => &Run<byte, TOp, TWidth>,
            (false, 1) => &Run<ushort, TOp, TWidth>,
            (false, 2) => &Run<uint, TOp, TWidth>,
            (false, _) => &Run<ulong, TOp, TWidth>,
            (true, 0) => &Run<sbyte, TOp, TWidth>,
            (true, 1) => &Run<short, TOp, TWidth>,
            (true, 2) => &Run<int, TOp, TWidth>,
            (true, _) => &Run<long, TOp, TWidth>,
        };
}

using System.Numerics;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>SSHLL, USHLL (SXTL, UXTL) and SHLL: elements extended, then shifted left.</summary>
// SAFETY: as in Vectors; Op.Ra is 0, or 8 for the forms with 2.
internal static unsafe class ShiftLong
{
    private static Op* Run<T>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
    {
        Vector128<T>* v = (Vector128<T>*)cpu->V0;
        v[op->Rd] = Halves.Widen<T>((byte*)(v + op->Rn) + op->Ra) << op->Aux;
        return op[1].Handler(cpu, op + 1);
    }

    public static bool Bind<TSign>(uint i, Op* op)
        where TSign : struct, ISign =>
        ShiftImmediate.TryDecode(i, right: false, out uint size, out int amount) && Bind<TSign>(i, op, size, amount);

    /// <summary>SHLL: by the element's length.</summary>
    public static bool BindByLength(uint i, Op* op) => Bind<Unsigned>(i, op, i.Field(22, 2), 8 << (int)i.Field(22, 2));

    private static bool Bind<TSign>(uint i, Op* op, uint size, int amount)
        where TSign : struct, ISign
    {
        if (size == 3) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)amount;
        op->Ra = (byte)(i.Bit(30) ? 8 : 0);
        op->Handler = (TSign.IsSigned, size) switch
        {
            (false, 0) => &Run<ushort>,
            (false, 1) => &Run<uint>,
            (false, _) => &Run<ulong>,
            (true, 0) => &Run<short>,
            (true, 1) => &Run<int>,
            (true, _) => &Run<long>,
        };
        return true;
    }
}

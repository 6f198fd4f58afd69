using System.Numerics;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Between general registers and elements, and among elements: DUP (general), INS, UMOV, SMOV.</summary>
// SAFETY: as in Vectors; indexes are below the number of elements of their size.
internal static unsafe class Copies
{
    private static Op* Duplicate<T, TWidth>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
        where TWidth : struct, IWidth
    {
        ((Vector128<T>*)cpu->V0)[op->Rd] = TWidth.Clip(Vector128.Create(T.CreateTruncating(cpu->X[op->Rn])));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* InsertGeneral<T>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
    {
        ((T*)(cpu->V0 + (2 * op->Rd)))[op->Aux] = T.CreateTruncating(cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* InsertElement<T>(Cpu* cpu, Op* op)
        where T : unmanaged
    {
        ((T*)(cpu->V0 + (2 * op->Rd)))[op->Aux] = ((T*)(cpu->V0 + (2 * op->Rn)))[op->Ra];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Move<T>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
    {
        cpu->X[op->Rd] = ulong.CreateTruncating(((T*)(cpu->V0 + (2 * op->Rn)))[op->Aux]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* MoveSigned32<T>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
    {
        cpu->X[op->Rd] = uint.CreateTruncating(((T*)(cpu->V0 + (2 * op->Rn)))[op->Aux]);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>imm5: size and index.</summary>
    public static bool TryDecode(uint i, out int size, out uint index)
    {
        uint imm5 = i.Field(16, 5);
        size = BitOperations.TrailingZeroCount(imm5);
        index = size > 3 ? 0 : imm5 >> (size + 1);
        return size <= 3;
    }

    public static bool BindDuplicate(uint i, Op* op)
    {
        bool full = i.Bit(30);
        if (!TryDecode(i, out int size, out _) || (size == 3 && !full)) return false;
        op->Rd = (byte)i.Field(0, 5);
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Handler = size switch
        {
            0 => full ? &Duplicate<byte, FullWidth> : &Duplicate<byte, HalfWidth>,
            1 => full ? &Duplicate<ushort, FullWidth> : &Duplicate<ushort, HalfWidth>,
            2 => full ? &Duplicate<uint, FullWidth> : &Duplicate<uint, HalfWidth>,
            _ => &Duplicate<ulong, FullWidth>,
        };
        return true;
    }

    public static bool BindInsertGeneral(uint i, Op* op)
    {
        if (!TryDecode(i, out int size, out uint index)) return false;
        op->Rd = (byte)i.Field(0, 5);
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Aux = (ushort)index;
        op->Handler = size switch
        {
            0 => &InsertGeneral<byte>,
            1 => &InsertGeneral<ushort>,
            2 => &InsertGeneral<uint>,
            _ => &InsertGeneral<ulong>,
        };
        return true;
    }

    public static bool BindInsertElement(uint i, Op* op)
    {
        if (!TryDecode(i, out int size, out uint index)) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)index;
        op->Ra = (byte)(i.Field(11, 4) >> size);
        op->Handler = size switch
        {
            0 => &InsertElement<byte>,
            1 => &InsertElement<ushort>,
            2 => &InsertElement<uint>,
            _ => &InsertElement<ulong>,
        };
        return true;
    }

    /// <summary>UMOV: Q = 1 for 64 bits, and only then.</summary>
    public static bool BindMoveUnsigned(uint i, Op* op)
    {
        if (!TryDecode(i, out int size, out uint index) || (size == 3) != i.Bit(30)) return false;
        BindMove(i, op, index);
        op->Handler = size switch
        {
            0 => &Move<byte>,
            1 => &Move<ushort>,
            2 => &Move<uint>,
            _ => &Move<ulong>,
        };
        return true;
    }

    /// <summary>SMOV: from 8 and 16 bits, to X from 32 too.</summary>
    public static bool BindMoveSigned(uint i, Op* op)
    {
        bool wide = i.Bit(30);
        if (!TryDecode(i, out int size, out uint index) || size > (wide ? 2 : 1)) return false;
        BindMove(i, op, index);
        op->Handler = size switch
        {
            0 => wide ? &Move<sbyte> : &MoveSigned32<sbyte>,
            1 => wide ? &Move<short> : &MoveSigned32<short>,
            _ => &Move<int>,
        };
        return true;
    }

    private static void BindMove(uint i, Op* op, uint index)
    {
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Rn = (byte)i.Field(5, 5);
        op->Aux = (ushort)index;
    }
}

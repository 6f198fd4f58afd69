using System.Buffers.Binary;
using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>Data processing of one register source: reversals and counts of leading bits.</summary>
internal static unsafe class OneSource
{
    private static Op* Rbit64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = ReverseBits(cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rbit32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = ReverseBits(cpu->X[op->Rn]) >> 32;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rev16x64(Cpu* cpu, Op* op)
    {
        ulong x = cpu->X[op->Rn];
        cpu->X[op->Rd] = (x >> 8 & 0x00FF00FF00FF00FF) | (x & 0x00FF00FF00FF00FF) << 8;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rev16x32(Cpu* cpu, Op* op)
    {
        ulong x = cpu->X[op->Rn];
        cpu->X[op->Rd] = (x >> 8 & 0x00FF00FF) | (x & 0x00FF00FF) << 8;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rev32x64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = BitOperations.RotateLeft(BinaryPrimitives.ReverseEndianness(cpu->X[op->Rn]), 32);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rev64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = BinaryPrimitives.ReverseEndianness(cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rev32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = BinaryPrimitives.ReverseEndianness((uint)cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Clz64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (ulong)BitOperations.LeadingZeroCount(cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Clz32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (ulong)BitOperations.LeadingZeroCount((uint)cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Cls64(Cpu* cpu, Op* op)
    {
        ulong x = cpu->X[op->Rn];
        cpu->X[op->Rd] = (ulong)BitOperations.LeadingZeroCount((x ^ (ulong)((long)x >> 1)) & (ulong.MaxValue >> 1)) - 1;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Cls32(Cpu* cpu, Op* op)
    {
        uint x = (uint)cpu->X[op->Rn];
        cpu->X[op->Rd] = (ulong)BitOperations.LeadingZeroCount((x ^ (uint)((int)x >> 1)) & (uint.MaxValue >> 1)) - 1;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>Data processing (1 source): sf 1 0 11010110 00000 opcode Rn Rd.</summary>
    public static bool Bind(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Handler = i.Field(10, 6) switch
        {
            0 => wide ? &Rbit64 : &Rbit32,
            1 => wide ? &Rev16x64 : &Rev16x32,
            2 => wide ? &Rev32x64 : &Rev32,
            3 when wide => &Rev64,
            4 => wide ? &Clz64 : &Clz32,
            5 => wide ? &Cls64 : &Cls32,
            _ => null,
        };
        return op->Handler != null;
    }

    private static ulong ReverseBits(ulong x)
    {
        x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
        x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
        x = (x >> 4 & 0x0F0F0F0F0F0F0F0F) | (x & 0x0F0F0F0F0F0F0F0F) << 4;
        return BinaryPrimitives.ReverseEndianness(x);
    }
}

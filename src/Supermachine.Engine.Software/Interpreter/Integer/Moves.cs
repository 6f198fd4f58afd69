using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>Move wide, PC-relative addresses, bitfields and extract (ARM ARM C4.1, Data processing - immediate).</summary>
internal static unsafe class Moves
{
    public static Op* Register(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Rm];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Constant(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Keep(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (cpu->X[op->Rd] & op->Imm2) | op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* PageRelative(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->PageVa + op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>UBFM where no bit moves left: LSR, UBFX, UXTB, ...: rotate is a shift, Imm is the mask after it.</summary>
    private static Op* ShiftRightMask(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (cpu->X[op->Rn] >> op->Aux) & op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>UBFM where bits move left: LSL, UBFIZ.</summary>
    private static Op* ShiftLeftMask(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (cpu->X[op->Rn] << op->Aux) & op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>SBFM: the field goes to the top of the register (low byte of Aux), then down arithmetically (high byte).</summary>
    private static Op* Signed64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (ulong)((long)(cpu->X[op->Rn] << (op->Aux & 0xFF)) >> (op->Aux >> 8)) & op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Signed32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)((int)((uint)cpu->X[op->Rn] << (op->Aux & 0xFF)) >> (op->Aux >> 8)) & op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>BFM: Imm has the bits that come from Rn rotated right by Aux.</summary>
    private static Op* Insert64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (cpu->X[op->Rd] & ~op->Imm) | (BitOperations.RotateRight(cpu->X[op->Rn], op->Aux) & op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Insert32(Cpu* cpu, Op* op)
    {
        uint old = (uint)cpu->X[op->Rd], mask = (uint)op->Imm;
        cpu->X[op->Rd] = (old & ~mask) | (BitOperations.RotateRight((uint)cpu->X[op->Rn], op->Aux) & mask);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Extract64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (ulong)(new UInt128(cpu->X[op->Rn], cpu->X[op->Rm]) >> op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Extract32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)((cpu->X[op->Rn] << 32 | (uint)cpu->X[op->Rm]) >> op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>MOVN, MOVZ, MOVK: sf opc 100101 hw imm16 Rd.</summary>
    public static bool BindMoveWide(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        int shift = (int)i.Field(21, 2) * 16;
        uint opc = i.Field(29, 2);
        if (opc == 1 || (!wide && shift > 16)) return false;
        ulong value = (ulong)i.Field(5, 16) << shift, width = wide ? ulong.MaxValue : uint.MaxValue;
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Imm = opc == 0 ? ~value & width : value;
        op->Imm2 = ~(0xFFFFUL << shift) & width;
        op->Handler = opc == 3 ? &Keep : &Constant;
        return true;
    }

    /// <summary>ADR, ADRP: op immlo 10000 immhi Rd.</summary>
    public static bool BindAddress(uint i, Op* op)
    {
        long offset = Bits.SignExtend(i.Field(5, 19) << 2 | i.Field(29, 2), 21);
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Imm = i.Bit(31) ? (ulong)(offset << 12) : (ulong)offset + op->Offset;
        op->Handler = &PageRelative;
        return true;
    }

    /// <summary>SBFM, BFM, UBFM: sf opc 100110 N immr imms Rn Rd.</summary>
    public static bool BindBitfield(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        int width = wide ? 64 : 32, r = (int)i.Field(16, 6), s = (int)i.Field(10, 6);
        if (i.Bit(22) != wide || (!wide && (r > 31 || s > 31))) return false;
        if (!Bits.TryDecodeBitMasks(i.Field(22, 1), (uint)s, (uint)r, false, width, out ulong wmask, out ulong tmask)) return false;
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = Bits.Target(i.Field(0, 5));
        ulong all = wide ? ulong.MaxValue : uint.MaxValue;
        switch (i.Field(29, 2))
        {
            case 0:
                op->Imm = all;
                op->Aux = s >= r ? (ushort)((width - 1 - s) | (width - 1 - s + r) << 8) : (ushort)((width - 1 - s) | (r - s - 1) << 8);
                op->Handler = wide ? &Signed64 : &Signed32;
                return true;
            case 1:
                op->Imm = wmask & tmask;
                op->Aux = (ushort)r;
                op->Handler = wide ? &Insert64 : &Insert32;
                return true;
            case 2:
                op->Imm = wmask & tmask;
                op->Aux = (ushort)(s >= r ? r : width - r);
                op->Handler = s >= r ? &ShiftRightMask : &ShiftLeftMask;
                return true;
            default:
                return false;
        }
    }

    /// <summary>EXTR: sf 00100111 N 0 Rm imms Rn Rd.</summary>
    public static bool BindExtract(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        if (i.Bit(22) != wide || (!wide && i.Bit(15))) return false;
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Aux = (ushort)i.Field(10, 6);
        op->Handler = wide ? &Extract64 : &Extract32;
        return true;
    }
}

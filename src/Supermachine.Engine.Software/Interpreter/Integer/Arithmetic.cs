using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Supermachine.Engine.Software;

/// <summary>Data processing of two and three register sources: division, variable shifts, CRC32, multiplication (ARM ARM C4.1, Data processing - register).</summary>
internal static unsafe class Arithmetic
{
    private static Op* UDiv64(Cpu* cpu, Op* op)
    {
        ulong divisor = cpu->X[op->Rm];
        cpu->X[op->Rd] = divisor == 0 ? 0 : cpu->X[op->Rn] / divisor;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* UDiv32(Cpu* cpu, Op* op)
    {
        uint divisor = (uint)cpu->X[op->Rm];
        cpu->X[op->Rd] = divisor == 0 ? 0 : (uint)cpu->X[op->Rn] / divisor;
        return op[1].Handler(cpu, op + 1);
    }

    // The host traps on the one quotient that overflows; AArch64 gives the dividend back.
    private static Op* SDiv64(Cpu* cpu, Op* op)
    {
        long n = (long)cpu->X[op->Rn], divisor = (long)cpu->X[op->Rm];
        cpu->X[op->Rd] = divisor == 0 ? 0 : (ulong)(divisor == -1 ? -n : n / divisor);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* SDiv32(Cpu* cpu, Op* op)
    {
        int n = (int)cpu->X[op->Rn], divisor = (int)cpu->X[op->Rm];
        cpu->X[op->Rd] = divisor == 0 ? 0 : (uint)(divisor == -1 ? -n : n / divisor);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Lslv64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Rn] << (int)cpu->X[op->Rm];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Lslv32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)cpu->X[op->Rn] << (int)cpu->X[op->Rm];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Lsrv64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Rn] >> (int)cpu->X[op->Rm];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Lsrv32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)cpu->X[op->Rn] >> (int)cpu->X[op->Rm];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Asrv64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (ulong)((long)cpu->X[op->Rn] >> (int)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Asrv32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)((int)cpu->X[op->Rn] >> (int)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rorv64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = BitOperations.RotateRight(cpu->X[op->Rn], (int)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Rorv32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = BitOperations.RotateRight((uint)cpu->X[op->Rn], (int)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* MAdd64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Ra] + (cpu->X[op->Rn] * cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* MSub64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Ra] - (cpu->X[op->Rn] * cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* MAdd32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)(cpu->X[op->Ra] + (cpu->X[op->Rn] * cpu->X[op->Rm]));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* MSub32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)(cpu->X[op->Ra] - (cpu->X[op->Rn] * cpu->X[op->Rm]));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* SMAddL(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Ra] + (ulong)((long)(int)cpu->X[op->Rn] * (int)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* SMSubL(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Ra] - (ulong)((long)(int)cpu->X[op->Rn] * (int)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* UMAddL(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Ra] + ((ulong)(uint)cpu->X[op->Rn] * (uint)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* UMSubL(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Ra] - ((ulong)(uint)cpu->X[op->Rn] * (uint)cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* UMulH(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = HighProduct(cpu->X[op->Rn], cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* SMulH(Cpu* cpu, Op* op)
    {
        ulong n = cpu->X[op->Rn], m = cpu->X[op->Rm];
        cpu->X[op->Rd] = HighProduct(n, m) - ((ulong)((long)n >> 63) & m) - ((ulong)((long)m >> 63) & n);
        return op[1].Handler(cpu, op + 1);
    }

    // Math.BigMul has an out parameter, whose address would keep the handler's tail call from being a jump.
    private static ulong HighProduct(ulong a, ulong b)
    {
        if (Bmi2.X64.IsSupported) return Bmi2.X64.MultiplyNoFlags(a, b);
        return ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(a, b) : (ulong)(((UInt128)a * b) >> 64);
    }

    /// <summary>CRC32B, H, W, X and CRC32CB, H, W, X: Aux has C:sz.</summary>
    private static Op* Crc32(Cpu* cpu, Op* op)
    {
        uint crc = (uint)cpu->X[op->Rn];
        ulong data = cpu->X[op->Rm];
        uint polynomial = (op->Aux & 4) != 0 ? 0x82F63B78u : 0xEDB88320u;
        cpu->X[op->Rd] = Crc.Update(crc, data, 1 << (op->Aux & 3), polynomial);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>Data processing (2 source): sf 0 0 11010110 Rm opcode Rn Rd.</summary>
    public static bool BindTwoSource(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        uint opcode = i.Field(10, 6);
        Registers(i, op);
        if ((opcode & 0x38) == 0x10)
        {
            if (wide != ((opcode & 3) == 3)) return false;
            op->Aux = (ushort)(opcode & 7);
            op->Handler = &Crc32;
            return true;
        }

        op->Handler = opcode switch
        {
            2 => wide ? &UDiv64 : &UDiv32,
            3 => wide ? &SDiv64 : &SDiv32,
            8 => wide ? &Lslv64 : &Lslv32,
            9 => wide ? &Lsrv64 : &Lsrv32,
            10 => wide ? &Asrv64 : &Asrv32,
            11 => wide ? &Rorv64 : &Rorv32,
            _ => null,
        };
        return op->Handler != null;
    }

    /// <summary>Data processing (3 source): sf 00 11011 op31 Rm o0 Ra Rn Rd.</summary>
    public static bool BindThreeSource(uint i, Op* op)
    {
        Registers(i, op);
        op->Ra = Bits.Source(i.Field(10, 5));
        bool wide = i.Bit(31);
        op->Handler = (i.Field(21, 3) << 1 | i.Field(15, 1)) switch
        {
            0 => wide ? &MAdd64 : &MAdd32,
            1 => wide ? &MSub64 : &MSub32,
            2 when wide => &SMAddL,
            3 when wide => &SMSubL,
            4 when wide => &SMulH,
            10 when wide => &UMAddL,
            11 when wide => &UMSubL,
            12 when wide => &UMulH,
            _ => null,
        };
        return op->Handler != null;
    }

    private static void Registers(uint i, Op* op)
    {
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = Bits.Target(i.Field(0, 5));
    }
}

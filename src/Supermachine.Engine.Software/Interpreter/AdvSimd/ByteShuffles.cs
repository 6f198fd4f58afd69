using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>REV, DUP, EXT and TBL: every byte of the result is a byte of the source, or zero, by a vector of indexes.</summary>
// SAFETY: as in Vectors; Imm and Imm2 of an op are 16 bytes in a row, which hold the vector of indexes.
internal static unsafe class ByteShuffles
{
    private const byte None = 0xFF;

    private static Op* Shuffle(Cpu* cpu, Op* op)
    {
        Vector128<byte>* v = (Vector128<byte>*)cpu->V0;
        v[op->Rd] = Vector128.Shuffle(v[op->Rn], *(Vector128<byte>*)&op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Extract(Cpu* cpu, Op* op)
    {
        Vector128<byte>* v = (Vector128<byte>*)cpu->V0;
        Vector128<byte> indexes = *(Vector128<byte>*)&op->Imm;
        v[op->Rd] = Vector128.Shuffle(v[op->Rn], indexes) | Vector128.Shuffle(v[op->Rm], indexes - Vector128.Create((byte)16));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ExtractHalf(Cpu* cpu, Op* op)
    {
        Vector128<byte>* v = (Vector128<byte>*)cpu->V0;
        v[op->Rd] = Vector128.Shuffle(Permute.Join(v[op->Rn], v[op->Rm]), *(Vector128<byte>*)&op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* LookUp<TWidth>(Cpu* cpu, Op* op)
        where TWidth : struct, IWidth
    {
        Vector128<byte>* v = (Vector128<byte>*)cpu->V0;
        v[op->Rd] = TWidth.Clip(Vector128.Shuffle(v[op->Rn], v[op->Rm]));
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>TBL and TBX of Aux registers; Ra says which.</summary>
    private static Op* LookUpMany<TWidth>(Cpu* cpu, Op* op)
        where TWidth : struct, IWidth
    {
        Vector128<byte>* v = (Vector128<byte>*)cpu->V0;
        Vector128<byte> indexes = v[op->Rm], result = default;
        for (int k = 0; k < op->Aux; k++)
            result |= Vector128.Shuffle(v[(op->Rn + k) & 31], indexes - Vector128.Create((byte)(16 * k)));
        if (op->Ra != 0) result |= Vector128.GreaterThanOrEqual(indexes, Vector128.Create((byte)(16 * op->Aux))) & v[op->Rd];
        v[op->Rd] = TWidth.Clip(result);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>REV64, REV32, REV16: size is that of the elements, <paramref name="container"/> the bytes in which they change places.</summary>
    private static bool Reverse(uint i, Op* op, int container)
    {
        int size = 1 << (int)i.Field(22, 2);
        if (size >= container) return false;
        return Bind(i, op, at => (byte)(at ^ (container - size)));
    }

    public static bool Reverse64(uint i, Op* op) => Reverse(i, op, 8);

    public static bool Reverse32(uint i, Op* op) => Reverse(i, op, 4);

    public static bool Reverse16(uint i, Op* op) => Reverse(i, op, 2);

    /// <summary>DUP (element): the lowest one of imm5 is the size, what is above it the index.</summary>
    public static bool Duplicate(uint i, Op* op)
    {
        if (!Copies.TryDecode(i, out int size, out uint index) || (size == 3 && !i.Bit(30))) return false;
        return Bind(i, op, at => (byte)((index << size) + (at & ((1 << size) - 1))));
    }

    public static bool DuplicateScalar(uint i, Op* op)
    {
        if (!Copies.TryDecode(i, out int size, out uint index)) return false;
        return Bind(i | 1u << 30, op, at => at < 1 << size ? (byte)((index << size) + at) : None);
    }

    public static bool BindExtract(uint i, Op* op)
    {
        uint position = i.Field(11, 4);
        if (!i.Bit(30) && position > 7) return false;
        Bind(i, op, at => (byte)(position + at));
        op->Handler = i.Bit(30) ? &Extract : &ExtractHalf;
        return true;
    }

    public static bool BindTable(uint i, Op* op)
    {
        Vectors.Registers(i, op);
        op->Aux = (ushort)(i.Field(13, 2) + 1);
        op->Ra = (byte)i.Field(12, 1);
        if (op->Aux == 1 && op->Ra == 0) op->Handler = i.Bit(30) ? &LookUp<FullWidth> : &LookUp<HalfWidth>;
        else op->Handler = i.Bit(30) ? &LookUpMany<FullWidth> : &LookUpMany<HalfWidth>;
        return true;
    }

    private static bool Bind(uint i, Op* op, Func<int, byte> index)
    {
        Vectors.Registers(i, op);
        byte* indexes = (byte*)&op->Imm;
        for (int at = 0; at < 16; at++) indexes[at] = at < 8 || i.Bit(30) ? index(at) : None;
        op->Handler = &Shuffle;
        return true;
    }
}

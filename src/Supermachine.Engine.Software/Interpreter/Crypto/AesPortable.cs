using System.Numerics;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>AES by the book (FIPS 197), for hosts without instructions for it.</summary>
internal static class AesPortable
{
    private static readonly byte[] Substitutes = MakeSubstitutes();
    private static readonly byte[] InverseSubstitutes = Invert(Substitutes);
    private static readonly Vector128<byte> RowShift = Vector128.Create((byte)0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11);
    private static readonly Vector128<byte> InverseRowShift = Vector128.Create((byte)0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3);
    private static readonly Vector128<byte> NextInColumn = Vector128.Create((byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
    private static readonly Vector128<byte> OppositeInColumn = Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);

    public static Vector128<byte> Encrypt(Vector128<byte> state) => Substitute(Vector128.Shuffle(state, RowShift), Substitutes);

    public static Vector128<byte> Decrypt(Vector128<byte> state) => Substitute(Vector128.Shuffle(state, InverseRowShift), InverseSubstitutes);

    /// <summary>Each byte becomes 2a + 3b + c + d of its column (5.1.3): 2(a + b) + b + (c + d).</summary>
    public static Vector128<byte> MixColumns(Vector128<byte> state)
    {
        Vector128<byte> next = Vector128.Shuffle(state, NextInColumn), pair = state ^ next;
        return Double(pair) ^ next ^ Vector128.Shuffle(pair, OppositeInColumn);
    }

    /// <summary>The inverse matrix is the matrix times one that has 5 and 4: 4(a + c) is added to each byte beforehand.</summary>
    public static Vector128<byte> InverseMixColumns(Vector128<byte> state)
    {
        Vector128<byte> sum = state ^ Vector128.Shuffle(state, OppositeInColumn);
        return MixColumns(state ^ Double(Double(sum)));
    }

    private static Vector128<byte> Double(Vector128<byte> value) =>
        value << 1 ^ (Vector128.LessThan(value.AsSByte(), Vector128<sbyte>.Zero).AsByte() & Vector128.Create((byte)0x1B));

    private static Vector128<byte> Substitute(Vector128<byte> state, byte[] table)
    {
        for (int i = 0; i < 16; i++) state = state.WithElement(i, table[state[i]]);
        return state;
    }

    // The powers of 3 run through the field; those of its inverse, 0xF6, run backwards beside them.
    private static byte[] MakeSubstitutes()
    {
        byte[] table = new byte[256];
        byte number = 1, inverse = 1;
        do
        {
            number = (byte)(number ^ number << 1 ^ ((number & 0x80) != 0 ? 0x1B : 0));
            inverse ^= (byte)(inverse << 1);
            inverse ^= (byte)(inverse << 2);
            inverse ^= (byte)(inverse << 4);
            if ((inverse & 0x80) != 0) inverse ^= 0x09;
            table[number] = (byte)(inverse ^ Rotate(inverse, 1) ^ Rotate(inverse, 2) ^ Rotate(inverse, 3) ^ Rotate(inverse, 4) ^ 0x63);
        }
        while (number != 1);
        table[0] = 0x63;
        return table;
    }

    private static byte Rotate(byte value, int by) => byte.RotateLeft(value, by);

    private static byte[] Invert(byte[] table)
    {
        byte[] inverse = new byte[256];
        for (int i = 0; i < 256; i++) inverse[table[i]] = (byte)i;
        return inverse;
    }
}

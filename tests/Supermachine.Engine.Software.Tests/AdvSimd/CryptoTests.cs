using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Supermachine.Engine.Software.Tests.AdvSimd;

/// <summary>The examples of FIPS 197 and FIPS 180-4, computed by the instructions as a guest would.</summary>
public sealed class CryptoTests : IDisposable
{
    private const uint Aese = 0x4E284820, Aesd = 0x4E285820, Aesmc = 0x4E286820, Aesimc = 0x4E287820;
    private const uint Sha1c = 0x5E020020, Sha1p = 0x5E021020, Sha1m = 0x5E022020, Sha1h = 0x5E280820, Sha1su0 = 0x5E023020, Sha1su1 = 0x5E281820;
    private const uint Sha256h = 0x5E024020, Sha256h2 = 0x5E025020, Sha256su0 = 0x5E282820, Sha256su1 = 0x5E026020;
    private readonly VectorRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a")] // C.1
    [InlineData("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32")] // B
    public void Aes128(string key, string plain, string cipher)
    {
        Vector128<byte>[] keys = Expand(Convert.FromHexString(key));
        Vector128<byte> state = Vector128.Create(Convert.FromHexString(plain));
        for (int round = 0; round < 9; round++) state = _rig.Run(Aesmc, default, _rig.Run(Aese, state, keys[round]));
        state = _rig.Run(Aese, state, keys[9]) ^ keys[10];
        Assert.Equal(cipher, Hex(state));

        for (int round = 10; round > 1; round--)
        {
            Vector128<byte> roundKey = round == 10 ? keys[10] : _rig.Run(Aesimc, default, keys[round]);
            state = _rig.Run(Aesimc, default, _rig.Run(Aesd, state, roundKey));
        }

        state = _rig.Run(Aesd, state, _rig.Run(Aesimc, default, keys[1])) ^ keys[0];
        Assert.Equal(plain, Hex(state));
    }

    [Fact]
    public void The_portable_steps_do_what_the_host_does()
    {
        Random random = new(197);
        for (int i = 0; i < 500; i++)
        {
            Vector128<byte> state = Vector128.Create((ulong)random.NextInt64() << 1, (ulong)random.NextInt64()).AsByte();
            Assert.Equal(AesRound.Encrypt(state), AesPortable.Encrypt(state));
            Assert.Equal(AesRound.Decrypt(state), AesPortable.Decrypt(state));
            Assert.Equal(AesRound.MixColumns(state), AesPortable.MixColumns(state));
            Assert.Equal(AesRound.InverseMixColumns(state), AesPortable.InverseMixColumns(state));
            Assert.Equal(state, AesPortable.Decrypt(AesPortable.Encrypt(state)));
            Assert.Equal(Polynomial.Multiply64(state.AsUInt64()[0], state.AsUInt64()[1]), Polynomial.Multiply64Portable(state.AsUInt64()[0], state.AsUInt64()[1]));
        }
    }

    /// <summary>FIPS 197, 4.2: {57} x {83} before the reduction is x^13 + x^11 + x^9 + x^8 + x^6 + x^5 + x^4 + x^3 + 1.</summary>
    [Fact]
    public void Polynomials_multiply_without_carries()
    {
        Assert.Equal(Vector128.Create(0x2B79UL, 0), _rig.Run(0x0EE2E020, default, Vector128.Create(0x57UL, 9), Vector128.Create(0x83UL, 9)));
        Assert.Equal(Vector128.Create((ushort)0x2B79), _rig.Run(0x0E22E020, default, Vector128.Create((byte)0x57), Vector128.Create((byte)0x83)).AsUInt16());
        Assert.Equal(Vector128.Create((byte)0x79), _rig.Run(0x6E229C20, default, Vector128.Create((byte)0x57), Vector128.Create((byte)0x83)));
        Assert.Equal(Vector128.Create(0x5555555555555555UL, 0x5555555555555555), Polynomial.Multiply64Portable(ulong.MaxValue, ulong.MaxValue));
    }

    [Theory]
    [InlineData("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1")]
    public void Sha1OfText(string text, string digest)
    {
        Vector128<uint> abcd = Vector128.Create(0x67452301u, 0xEFCDAB89, 0x98BADCFE, 0x10325476);
        uint e = 0xC3D2E1F0;
        foreach (Vector128<uint>[] block in Blocks(text))
        {
            (Vector128<uint> saved, uint savedE) = (abcd, e);
            for (int step = 0; step < 20; step++)
            {
                (uint rounds, uint constant) = (step / 5) switch
                {
                    0 => (Sha1c, 0x5A827999u), 1 => (Sha1p, 0x6ED9EBA1u), 2 => (Sha1m, 0x8F1BBCDCu), _ => (Sha1p, 0xCA62C1D6u),
                };
                Vector128<uint> words = block[step & 3], next = _rig.Run(Sha1h, default, abcd);
                abcd = _rig.Run(rounds, abcd, Vector128.CreateScalar(e), words + Vector128.Create(constant));
                e = next[0];
                block[step & 3] = _rig.Run(Sha1su1, _rig.Run(Sha1su0, words, block[(step + 1) & 3], block[(step + 2) & 3]), block[(step + 3) & 3]);
            }

            (abcd, e) = (abcd + saved, e + savedE);
        }

        Assert.Equal(digest, BigEndian(abcd) + e.ToString("x8", null));
    }

    [Theory]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Sha256OfText(string text, string digest)
    {
        uint[] primes = Primes();
        Vector128<uint> abcd = Vector128.Create([.. primes.Take(4).Select(prime => Fraction(Math.Sqrt(prime)))]);
        Vector128<uint> efgh = Vector128.Create([.. primes.Skip(4).Take(4).Select(prime => Fraction(Math.Sqrt(prime)))]);
        uint[] constants = [.. primes.Select(prime => Fraction(Math.Cbrt(prime)))];
        foreach (Vector128<uint>[] block in Blocks(text))
        {
            (Vector128<uint> first, Vector128<uint> second) = (abcd, efgh);
            for (int step = 0; step < 16; step++)
            {
                Vector128<uint> words = block[step & 3], sum = words + Vector128.Create(constants, 4 * step), before = abcd;
                abcd = _rig.Run(Sha256h, abcd, efgh, sum);
                efgh = _rig.Run(Sha256h2, efgh, before, sum);
                block[step & 3] = _rig.Run(Sha256su1, _rig.Run(Sha256su0, words, block[(step + 1) & 3]), block[(step + 2) & 3], block[(step + 3) & 3]);
            }

            (abcd, efgh) = (abcd + first, efgh + second);
        }

        Assert.Equal(digest, BigEndian(abcd) + BigEndian(efgh));
    }

    /// <summary>Key expansion (5.2). AESE of one word in all columns, with no key, is SubWord.</summary>
    private Vector128<byte>[] Expand(byte[] key)
    {
        uint[] words = new uint[44];
        MemoryMarshal.Cast<byte, uint>(key).CopyTo(words);
        uint constant = 1;
        for (int i = 4; i < words.Length; i++)
        {
            uint word = words[i - 1];
            if (i % 4 == 0)
            {
                word = BitOperations.RotateRight(_rig.Run(Aese, Vector128<uint>.Zero, Vector128.Create(word))[0], 8) ^ constant;
                constant = constant << 1 ^ (constant >= 0x80 ? 0x11Bu : 0);
            }

            words[i] = words[i - 4] ^ word;
        }

        return [.. Enumerable.Range(0, 11).Select(round => Vector128.Create(words, 4 * round).AsByte())];
    }

    /// <summary>The padded message (5.1.1) in blocks of four vectors.</summary>
    private static IEnumerable<Vector128<uint>[]> Blocks(string text)
    {
        byte[] message = new byte[(text.Length + 72) / 64 * 64];
        Encoding.ASCII.GetBytes(text, message);
        message[text.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(message.Length - 8), 8 * text.Length);
        uint[] words = [.. message.Chunk(4).Select(word => BinaryPrimitives.ReadUInt32BigEndian(word))];
        return words.Chunk(16).Select(block => Enumerable.Range(0, 4).Select(quarter => Vector128.Create(block, 4 * quarter)).ToArray());
    }

    private static uint[] Primes() => [.. Enumerable.Range(2, 400).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(64).Select(n => (uint)n)];

    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296.0);

    private static string Hex(Vector128<byte> value) => string.Concat(Enumerable.Range(0, 16).Select(i => value[i].ToString("x2", null)));

    private static string BigEndian(Vector128<uint> value) => string.Concat(Enumerable.Range(0, 4).Select(i => value[i].ToString("x8", null)));
}

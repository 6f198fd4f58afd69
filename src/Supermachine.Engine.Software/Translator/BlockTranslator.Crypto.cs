using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// AES and SHA. Intel's AES instructions add the round key last and Arm's first: a key of zero makes them agree. Intel's SHA
/// instructions want the state's words in pairs, or in reverse.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>AESE, AESD.</summary>
    public static bool AesRoundKey(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.Aes) return false;
        bool decrypt = i.Bit(12);
        t.LoadVector(XMM0, op->Rd);
        t.Emit(VPXOR, XMM0, XMM0, op->Rn);
        t.Zero(XMM1);
        t.Emit(decrypt ? VAESDECLAST : VAESENCLAST, XMM0, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>AESMC: the host has it behind the other steps only, which the inverse ones undo beforehand.</summary>
    public static bool AesMixColumns(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.Aes) return false;
        t.LoadVector(XMM0, op->Rn);
        t.Zero(XMM1);
        t.Emit(VAESDECLAST, XMM0, XMM0, XMM1);
        t.Emit(VAESENC, XMM0, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>AESIMC.</summary>
    public static bool AesInverseMixColumns(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.Aes) return false;
        t.Emit(VAESIMC, XMM0, XMM0, op->Rn);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA256H, SHA256H2: two rounds twice. The host has a, b, e, f in one register and c, d, g, h in another, each in reverse.</summary>
    public static bool Sha256Hash(BlockTranslator t, uint i, Op* op)
    {
        const int Uppers = 0xBB, Lowers = 0x11, Rounds = 0xCB;
        if (!HostFeatures.Sha) return false;
        bool second = i.Bit(12);
        t.LoadVector(XMM1, second ? op->Rn : op->Rd);
        t.LoadVector(XMM2, second ? op->Rd : op->Rn);
        t.Emit(VSHUFPS, XMM3, XMM2, XMM1, Lowers);
        t.Emit(VSHUFPS, XMM4, XMM2, XMM1, Uppers);
        t.LoadVector(XMM0, op->Rm);
        t.Asm.Sha(Rounds, XMM4, XMM3);
        t.Asm.VectorShiftBytes(XMM0, XMM0, 8);
        t.Asm.Sha(Rounds, XMM3, XMM4);
        t.Emit(VSHUFPS, XMM0, XMM3, XMM4, second ? Lowers : Uppers);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA256SU0.</summary>
    public static bool Sha256Schedule0(BlockTranslator t, uint i, Op* op)
    {
        const int Message1 = 0xCC;
        if (!HostFeatures.Sha) return false;
        t.LoadVector(XMM0, op->Rd);
        t.LoadVector(XMM1, op->Rn);
        t.Asm.Sha(Message1, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA256SU1.</summary>
    public static bool Sha256Schedule1(BlockTranslator t, uint i, Op* op)
    {
        const int Message2 = 0xCD;
        if (!HostFeatures.Sha) return false;
        t.LoadVector(XMM1, op->Rm);
        t.Emit(VPALIGNR, XMM0, XMM1, op->Rn);
        t.Asm.Byte(4);
        t.Emit(VPADDD, XMM0, XMM0, op->Rd);
        t.Asm.Sha(Message2, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA1C, SHA1P, SHA1M: four rounds. The host adds the round constant, which Arm's schedule has already, and wants e in the first word.</summary>
    public static bool Sha1Hash(BlockTranslator t, uint i, Op* op)
    {
        const int Reverse = 0x1B;
        if (!HostFeatures.Sha) return false;
        int function = (int)i.Field(12, 2); // choose, parity, majority, in the host's order too
        uint constant = function switch { 0 => 0x5A827999, 1 => 0x6ED9EBA1, _ => 0x8F1BBCDC };
        t.Emit(VPSHUFD, XMM0, XMM0, op->Rd);
        t.Asm.Byte(Reverse);
        t.LoadVector(XMM1, op->Rm);
        t.EmitConstant(VPSUBD, XMM1, XMM1, Repeat(2, constant));
        t.LoadPart(XMM2, op->Rn, 4);
        t.Emit(VPADDD, XMM1, XMM1, XMM2);
        t.Emit(VPSHUFD, XMM1, XMM0, XMM1, Reverse);
        t.Asm.Sha1Rounds(XMM0, XMM1, function);
        t.Emit(VPSHUFD, XMM0, XMM0, XMM0, Reverse);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA1H.</summary>
    public static bool Sha1Rotate(BlockTranslator t, uint i, Op* op)
    {
        t.LoadPart(XMM0, op->Rn, 4);
        t.RotateLeftWords(XMM0, XMM1, 30);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA1SU0.</summary>
    public static bool Sha1Schedule0(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Emit(VPALIGNR, XMM0, XMM0, op->Rd);
        t.Asm.Byte(8);
        t.Emit(VPXOR, XMM0, XMM0, op->Rd);
        t.Emit(VPXOR, XMM0, XMM0, op->Rm);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SHA1SU1: the last word needs the first result.</summary>
    public static bool Sha1Schedule1(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Asm.VectorShiftBytes(XMM0, XMM0, 4);
        t.Emit(VPXOR, XMM0, XMM0, op->Rd);
        t.RotateLeftWords(XMM0, XMM1, 1);
        t.Zero(XMM1);
        t.Emit(VPALIGNR, XMM1, XMM0, XMM1, 4);
        t.RotateLeftWords(XMM1, XMM2, 1);
        t.Emit(VPXOR, XMM0, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    private void RotateLeftWords(HostVector register, HostVector scratch, int amount)
    {
        Asm.VectorShift(AvxShift.Right, 2, scratch, register, 32 - amount);
        Asm.VectorShift(AvxShift.Left, 2, register, register, amount);
        Emit(VPOR, register, register, scratch);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Supermachine.Engine.Software;

/// <summary>The steps of AES as FEAT_AES divides them. Intel's instructions add the round key last and Arm's first; a key of zero makes them agree.</summary>
internal static class AesRound
{
    /// <summary>AESE after the key is added: ShiftRows and SubBytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(Vector128<byte> state)
    {
        if (X86Aes.IsSupported) return X86Aes.EncryptLast(state, Vector128<byte>.Zero);
        if (ArmAes.IsSupported) return ArmAes.Encrypt(state, Vector128<byte>.Zero);
        return AesPortable.Encrypt(state);
    }

    /// <summary>AESD after the key is added: InvShiftRows and InvSubBytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Decrypt(Vector128<byte> state)
    {
        if (X86Aes.IsSupported) return X86Aes.DecryptLast(state, Vector128<byte>.Zero);
        if (ArmAes.IsSupported) return ArmAes.Decrypt(state, Vector128<byte>.Zero);
        return AesPortable.Decrypt(state);
    }

    /// <summary>AESMC. Intel has it only after the other steps, which the inverse ones undo beforehand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> MixColumns(Vector128<byte> state)
    {
        if (X86Aes.IsSupported) return X86Aes.Encrypt(X86Aes.DecryptLast(state, Vector128<byte>.Zero), Vector128<byte>.Zero);
        if (ArmAes.IsSupported) return ArmAes.MixColumns(state);
        return AesPortable.MixColumns(state);
    }

    /// <summary>AESIMC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InverseMixColumns(Vector128<byte> state)
    {
        if (X86Aes.IsSupported) return X86Aes.InverseMixColumns(state);
        if (ArmAes.IsSupported) return ArmAes.InverseMixColumns(state);
        return AesPortable.InverseMixColumns(state);
    }
}

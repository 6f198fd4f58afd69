using System.Runtime.Intrinsics.X86;

namespace Supermachine.Engine.Software;

/// <summary>What emitters need of the host beyond x86-64 itself; without it the interpreter does their instructions.</summary>
internal static class HostFeatures
{
    /// <summary>AVX2, for all of FP and Advanced SIMD.</summary>
    public static readonly bool Avx2 = System.Runtime.Intrinsics.X86.Avx2.IsSupported;

    /// <summary>FMA3 beside it, for translated floating point.</summary>
    public static readonly bool FloatingPoint = Avx2 && Fma.IsSupported;

    /// <summary>BMI2: shifts that leave EFLAGS alone.</summary>
    public static readonly bool Bmi2 = System.Runtime.Intrinsics.X86.Bmi2.X64.IsSupported;

    public static readonly bool Aes = System.Runtime.Intrinsics.X86.Aes.IsSupported;

    /// <summary>CRC32 of the Castagnoli polynomial.</summary>
    public static readonly bool Crc32 = Sse42.X64.IsSupported;

    public static readonly bool CarrylessMultiply = Pclmulqdq.IsSupported;

    /// <summary>The SHA extensions: CPUID leaf 7, EBX bit 29 (Intel SDM, volume 2, CPUID).</summary>
    public static readonly bool Sha = X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 0).Ebx >> 29 & 1) != 0;
}

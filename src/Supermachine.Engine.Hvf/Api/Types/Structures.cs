using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Hvf;

/// <summary>What a guest was stopped for; only filled in for HV_EXIT_REASON_EXCEPTION.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct hv_vcpu_exit_exception_t
{
    /// <summary>ESR_EL2.</summary>
    public ulong syndrome;

    /// <summary>FAR_EL2.</summary>
    public ulong virtual_address;

    /// <summary>The guest-physical address, offset in the page included.</summary>
    public ulong physical_address;
}

/// <summary>Why hv_vcpu_run returned. The framework owns it for the life of the vCPU and rewrites it at each return.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct hv_vcpu_exit_t
{
    public hv_exit_reason_t reason;
    public hv_vcpu_exit_exception_t exception;
}

/// <summary>A SIMD register. One vector in a structure goes by value in q0, as the framework wants it; a bare Vector128 cannot be passed at all.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct hv_simd_fp_uchar16_t
{
    public Vector128<byte> value;
}

/// <summary>PSTATE.SM and PSTATE.ZA. Each is one byte, 0 or 1.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct hv_vcpu_sme_state_t
{
    public byte streaming_sve_mode_enabled;
    public byte za_storage_enabled;
}

/// <summary>ZT0; only passed by pointer, to 64-byte-aligned memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct hv_sme_zt0_uchar64_t
{
    public Vector512<byte> value;
}

/// <summary>Nanoseconds = ticks * numer / denom.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct mach_timebase_info_t
{
    public uint numer;
    public uint denom;
}

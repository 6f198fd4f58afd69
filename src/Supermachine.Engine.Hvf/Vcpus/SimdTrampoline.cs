using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf;

/// <summary>A function that takes a vector by pointer and hands it on in q0: for a runtime that does not pass vectors by value.</summary>
internal sealed unsafe partial class SimdTrampoline : IDisposable
{
    private const int ProtRead = 1, ProtWrite = 2, ProtExec = 4, MapPrivate = 2;
    private static readonly int MapAnonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
    private static readonly nuint Size = (nuint)Environment.SystemPageSize;

    private readonly void* _code;
    private readonly void* _target;

    private SimdTrampoline(void* code, void* target)
    {
        _code = code;
        _target = target;
    }

    /// <summary>LDR Q0, [X2]; BR X3 (ARM ARM C7.2, C6.2). X0 and W1, the vCPU and the register, stay where they are.</summary>
    public static ReadOnlySpan<uint> Code => [0x3dc0_0040, 0xd61f_0060];

    /// <summary>Makes one, or null where the host is of another architecture or gives no executable memory.</summary>
    /// <param name="api">Whose setter to hand on to.</param>
    public static SimdTrampoline? TryCreate(HvApi api) => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? TryMap(api) : null;

    /// <summary>Makes one whatever the architecture; it can only be called on Arm.</summary>
    internal static SimdTrampoline? TryMap(HvApi api)
    {
        // SAFETY: a fresh page, written before it becomes executable and never again.
        void* page = mmap(null, Size, ProtRead | ProtWrite, MapPrivate | MapAnonymous, -1, 0);
        if ((nint)page == -1) return null;
        Code.CopyTo(new Span<uint>(page, Code.Length));
        api.sys_icache_invalidate(page, Size);
        SimdTrampoline trampoline = new(page, (void*)api.hv_vcpu_set_simd_fp_reg);
        if (mprotect(page, Size, ProtRead | ProtExec) == 0) return trampoline;
        trampoline.Dispose();
        return null;
    }

    /// <summary>The instructions in memory.</summary>
    internal ReadOnlySpan<uint> Instructions => new(_code, Code.Length);

    public hv_return_t Set(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t* value) =>
        ((delegate* unmanaged<ulong, hv_simd_fp_reg_t, hv_simd_fp_uchar16_t*, void*, hv_return_t>)_code)(vcpu, register, value, _target);

    public void Dispose() => _ = munmap(_code, Size);

    [LibraryImport("libc")]
    private static partial void* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);
}

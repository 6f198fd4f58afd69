using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf;

/// <summary>
/// Sets SIMD registers. The framework takes the value in q0 and, when the caller put it elsewhere, succeeds and stores something else. So the
/// way is not trusted but tried, once for a partition, with 32 values that differ: first the plain call, then one through two
/// instructions that load q0 from memory.
/// </summary>
internal sealed unsafe class SimdRegisters(HvApi api) : IDisposable
{
    private readonly Lock _gate = new();
    private SimdTrampoline? _trampoline;
    private volatile bool _proven;

    /// <summary>Looks for a way that works, once. Leaves the registers zero. On the vCPU's thread.</summary>
    /// <exception cref="PlatformNotSupportedException">There is none.</exception>
    public void Prove(ulong vcpu)
    {
        lock (_gate)
        {
            if (_proven) return;
            if (!Works(vcpu))
            {
                _trampoline = SimdTrampoline.TryCreate(api);
                if (_trampoline is null || !Works(vcpu)) throw new PlatformNotSupportedException("hv_vcpu_set_simd_fp_reg does not store the values it is given, in no way of calling it");
            }

            _proven = true;
        }
    }

    /// <summary>Sets a register. On the vCPU's thread.</summary>
    public hv_return_t Set(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t value) =>
        _trampoline is { } trampoline ? trampoline.Set(vcpu, register, &value) : SetDirectly(vcpu, register, value);

    public void Dispose() => _trampoline?.Dispose();

    private bool Works(ulong vcpu)
    {
        try
        {
            bool works = true;
            for (uint i = 0; i < 32; i++) works &= Set(vcpu, (hv_simd_fp_reg_t)i, Pattern(i)) == HV_SUCCESS;
            for (uint i = 0; i < 32; i++) works &= Get(vcpu, i) == Unsafe.BitCast<hv_simd_fp_uchar16_t, UInt128>(Pattern(i));
            for (uint i = 0; i < 32; i++) works &= Set(vcpu, (hv_simd_fp_reg_t)i, default) == HV_SUCCESS;
            return works;
        }
        catch (MarshalDirectiveException)
        {
            // A runtime that passes no vectors at all, structure or not.
            return false;
        }
    }

    private UInt128 Get(ulong vcpu, uint register)
    {
        hv_simd_fp_uchar16_t value = default;
        _ = api.hv_vcpu_get_simd_fp_reg(vcpu, (hv_simd_fp_reg_t)register, &value);
        return Unsafe.BitCast<hv_simd_fp_uchar16_t, UInt128>(value);
    }

    // On its own: a runtime that refuses the call does so when it compiles the method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private hv_return_t SetDirectly(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t value) => api.hv_vcpu_set_simd_fp_reg(vcpu, register, value);

    /// <summary>Sixteen bytes that no other register and no other byte of this one has.</summary>
    private static hv_simd_fp_uchar16_t Pattern(uint register) =>
        Unsafe.BitCast<UInt128, hv_simd_fp_uchar16_t>(((UInt128)0x1f1e_1d1c_1b1a_1918 << 64 | 0x1716_1514_1312_1110) + (new UInt128(0x2020_2020_2020_2020, 0x2020_2020_2020_2020) * (register & 3)) + register);
}

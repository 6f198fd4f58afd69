namespace Supermachine.Engine.Hvf;

/// <summary>
/// Accesses to the interrupt controller's own addresses. The framework serves them itself; one that comes out all the same is handed to
/// its register functions, and a register they do not have reads as zero and ignores writes.
/// </summary>
internal sealed unsafe class ControllerWindows(HvApi api, PartitionOptions options, InterruptControllerGeometry geometry, HvfLog log)
{
    private const ulong GICD_IROUTER = 0x6000, GICD_IROUTER_End = 0x8000, GICR_TYPER = 0x8, GICR_PIDR2 = 0xffe8;

    /// <summary>PIDR2.ArchRev of GICv3, with the part number's rest as Arm's own have it.</summary>
    private const ulong ArchRev3 = 0x3b;

    /// <summary>Serves an access, if it is one of these.</summary>
    /// <param name="vcpu">Whose access it is.</param>
    /// <param name="ownBase">Where its redistributor is.</param>
    /// <param name="pa">Guest-physical address.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="isStore">Whether it writes.</param>
    /// <param name="value">What it writes, or what it reads.</param>
    public bool TryAccess(VcpuHandle vcpu, ulong ownBase, ulong pa, int size, bool isStore, ref ulong value)
    {
        ulong offset = pa - options.DistributorBase.Value;
        if (offset < geometry.DistributorSize)
        {
            log.AccessForwarded("GICD", offset);
            Distributor(offset, size, isStore, ref value);
            return true;
        }

        if (pa - options.RedistributorBase.Value >= geometry.RedistributorRegionSize) return false;
        log.AccessForwarded("GICR", pa - options.RedistributorBase.Value);
        if (pa - ownBase < geometry.RedistributorSize) Own(vcpu, pa - ownBase, size, isStore, ref value);
        else if (!isStore) value = Part(Foreign(pa - options.RedistributorBase.Value), pa & 7, size);
        return true;
    }

    private void Distributor(ulong offset, int size, bool isStore, ref ulong value)
    {
        ulong start = offset & ~(offset is >= GICD_IROUTER and < GICD_IROUTER_End ? 7ul : 3ul);
        ulong old = 0;
        if (!isStore || start != offset || size < 4) _ = api.hv_gic_get_distributor_reg((hv_gic_distributor_reg_t)start, &old);
        if (!isStore) value = Part(old, offset - start, size);
        else _ = api.hv_gic_set_distributor_reg((hv_gic_distributor_reg_t)start, Merged(old, offset - start, size, value));
    }

    private static void Own(VcpuHandle vcpu, ulong offset, int size, bool isStore, ref ulong value)
    {
        ulong start = offset & ~((offset & ~7ul) == GICR_TYPER ? 7ul : 3ul);
        ulong old = 0;
        if (!isStore || start != offset || size < 4) _ = vcpu.TryGet((hv_gic_redistributor_reg_t)start, out old);
        if (!isStore) value = Part(old, offset - start, size);
        else _ = vcpu.TrySet((hv_gic_redistributor_reg_t)start, Merged(old, offset - start, size, value));
    }

    // Another vCPU's redistributor belongs to another thread. What guests look for there, one after the other, is constant.
    private ulong Foreign(ulong offset)
    {
        ulong frame = offset / geometry.RedistributorSize;
        if (frame >= (ulong)options.VcpuCount) return 0;
        return ((offset % geometry.RedistributorSize) & ~7ul) switch
        {
            GICR_TYPER => frame << 32 | frame << 8 | (frame == (ulong)options.VcpuCount - 1 ? 1ul << 4 : 0),
            GICR_PIDR2 => ArchRev3,
            _ => 0,
        };
    }

    private static ulong Part(ulong register, ulong at, int size) => register >> (int)(at * 8) & Mask(size);

    private static ulong Merged(ulong register, ulong at, int size, ulong value) =>
        (register & ~(Mask(size) << (int)(at * 8))) | (value & Mask(size)) << (int)(at * 8);

    private static ulong Mask(int size) => ulong.MaxValue >> (64 - (8 * size));
}

using static Supermachine.Engine.Hvf.hv_gic_distributor_reg_t;

namespace Supermachine.Engine.Hvf;

/// <summary>
/// The distributor as its registers, for a restore where the framework's own state does not fit: saved by another macOS, or not taken.
/// What they do not hold, the levels of lines, the devices set again. Only while no vCPU runs; any thread.
/// </summary>
internal sealed unsafe class DistributorRegisters
{
    /// <summary>GICD_TYPER.ITLinesNumber counts words of 32 INTIDs. The last word ends before the special INTIDs 1020 to 1023.</summary>
    private const uint MostWords = 32, FirstSpecial = 1020;

    private readonly HvApi _api;
    private readonly List<Bank> _banks;

    private DistributorRegisters(HvApi api, uint words)
    {
        _api = api;
        uint end = Math.Min(words * 32, FirstSpecial);
        _banks =
        [
            new(HV_GIC_DISTRIBUTOR_REG_GICD_CTLR, 0, 1, 4),
            new(HV_GIC_DISTRIBUTOR_REG_GICD_IGROUPR0, 1, words, 4),
            new(HV_GIC_DISTRIBUTOR_REG_GICD_IROUTER32, 0, end - 32, 8),
            new(HV_GIC_DISTRIBUTOR_REG_GICD_ICFGR0, 2, words * 2, 4),
            new(HV_GIC_DISTRIBUTOR_REG_GICD_IPRIORITYR0, 8, (end + 3) / 4, 4),
            new(HV_GIC_DISTRIBUTOR_REG_GICD_ISPENDR0, 1, words, 4) { Clear = HV_GIC_DISTRIBUTOR_REG_GICD_ICPENDR0 },
            new(HV_GIC_DISTRIBUTOR_REG_GICD_ISACTIVER0, 1, words, 4) { Clear = HV_GIC_DISTRIBUTOR_REG_GICD_ICACTIVER0 },
            new(HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0, 1, words, 4) { Clear = HV_GIC_DISTRIBUTOR_REG_GICD_ICENABLER0 },
        ];
    }

    /// <summary>How many values <see cref="TrySave"/> gives.</summary>
    public int Count => _banks.Sum(bank => (int)(bank.End - bank.First));

    /// <summary>The registers of this VM's distributor; null where the framework does not let them be read.</summary>
    public static DistributorRegisters? TryOpen(HvApi api)
    {
        ulong typer;
        if (api.hv_gic_get_distributor_reg(HV_GIC_DISTRIBUTOR_REG_GICD_TYPER, &typer) != HV_SUCCESS) return null;
        return new DistributorRegisters(api, Math.Min((uint)(typer & 31) + 1, MostWords));
    }

    /// <summary>Reads them all; null where one cannot be read.</summary>
    public ulong[]? TrySave()
    {
        List<ulong> values = new(Count);
        foreach (hv_gic_distributor_reg_t register in _banks.SelectMany(bank => bank.Registers(bank.Start)))
        {
            ulong value;
            if (_api.hv_gic_get_distributor_reg(register, &value) != HV_SUCCESS) return null;
            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>
    /// Writes what <see cref="TrySave"/> gave: routes and edges before what is pending, and what is enabled last. The clearing half of a
    /// pair gets ones: zeros would leave everything as it is.
    /// </summary>
    /// <exception cref="HvException">The framework refuses a register.</exception>
    public void Restore(ReadOnlySpan<ulong> values)
    {
        foreach (Bank bank in _banks.Where(bank => bank.Clear is not null))
            foreach (hv_gic_distributor_reg_t register in bank.Registers(bank.Clear!.Value)) Set(register, uint.MaxValue);
        foreach (Bank bank in _banks)
        {
            foreach (hv_gic_distributor_reg_t register in bank.Registers(bank.Start))
            {
                Set(register, values[0]);
                values = values[1..];
            }
        }
    }

    /// <summary>Whether the distributor has what <see cref="TrySave"/> gave, as far as it decides which interrupts are delivered at all.</summary>
    public bool HasEnables(ReadOnlySpan<ulong> values)
    {
        foreach (Bank bank in _banks)
        {
            int count = (int)(bank.End - bank.First);
            if (bank.Start is HV_GIC_DISTRIBUTOR_REG_GICD_CTLR or HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 && !Has(bank, values[..count])) return false;
            values = values[count..];
        }

        return true;
    }

    private bool Has(Bank bank, ReadOnlySpan<ulong> values)
    {
        int i = 0;
        foreach (hv_gic_distributor_reg_t register in bank.Registers(bank.Start))
        {
            ulong value;
            if (_api.hv_gic_get_distributor_reg(register, &value) != HV_SUCCESS || value != values[i++]) return false;
        }

        return true;
    }

    private void Set(hv_gic_distributor_reg_t register, ulong value) =>
        HvException.Check(_api.hv_gic_set_distributor_reg(register, value), nameof(_api.hv_gic_set_distributor_reg), $"GICD register 0x{(uint)register:x}");

    /// <summary>Registers of one kind, numbered from <see cref="First"/> up to <see cref="End"/>.</summary>
    private sealed record Bank(hv_gic_distributor_reg_t Start, uint First, uint End, uint Step)
    {
        /// <summary>The registers that clear what these set.</summary>
        public hv_gic_distributor_reg_t? Clear { get; init; }

        public IEnumerable<hv_gic_distributor_reg_t> Registers(hv_gic_distributor_reg_t start)
        {
            for (uint i = First; i < End; i++) yield return (hv_gic_distributor_reg_t)((uint)start + (i * Step));
        }
    }
}

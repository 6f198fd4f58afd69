namespace Supermachine.Runtime;

/// <summary>
/// Power State Coordination Interface 1.1 (DEN0022D) by HVC, and the two calls of the SMC Calling Convention (DEN0028) through which
/// guests find it. Everything else is NOT_SUPPORTED.
/// </summary>
/// <param name="power">The vCPUs' power states.</param>
/// <param name="isRam">Whether code can lie at an address.</param>
/// <param name="events">Told when the guest ends itself.</param>
internal sealed class Psci(VcpuPower power, Func<GuestAddress, bool> isRam, IVcpuEvents events)
{
    // DEN0022D, chapter 5. Bit 30 of an identifier is the 64-bit convention.
    public const uint PSCI_VERSION = 0x8400_0000;
    public const uint CPU_SUSPEND = 0x8400_0001;
    public const uint CPU_OFF = 0x8400_0002;
    public const uint CPU_ON = 0x8400_0003;
    public const uint AFFINITY_INFO = 0x8400_0004;
    public const uint MIGRATE_INFO_TYPE = 0x8400_0006;
    public const uint SYSTEM_OFF = 0x8400_0008;
    public const uint SYSTEM_RESET = 0x8400_0009;
    public const uint PSCI_FEATURES = 0x8400_000a;
    public const uint SYSTEM_RESET2 = 0x8400_0012;
    public const uint Convention64 = 0x4000_0000;

    // DEN0028, 7.2 and 7.3.
    public const uint SMCCC_VERSION = 0x8000_0000;
    public const uint SMCCC_ARCH_FEATURES = 0x8000_0001;

    // DEN0022D, 5.2.2.
    public const int SUCCESS = 0;
    public const int NOT_SUPPORTED = -1;
    public const int INVALID_PARAMETERS = -2;
    public const int ALREADY_ON = -4;
    public const int ON_PENDING = -5;
    public const int INVALID_ADDRESS = -9;

    private const int Version = 0x0001_0001;
    private const int NoMigration = 2;

    // MPIDR_EL1: Aff3 in bits 39 to 32, Aff2 to Aff0 in bits 23 to 0.
    private const ulong AffinityMask = 0xff_00ff_ffff;

    // 5.17: a reset type with this bit is the vendor's own, and we have none.
    private const uint VendorResetType = 0x8000_0000;

    /// <summary>Answers a call.</summary>
    /// <param name="caller">The calling vCPU.</param>
    /// <param name="function">W0.</param>
    /// <param name="a1">X1.</param>
    /// <param name="a2">X2.</param>
    /// <param name="a3">X3.</param>
    /// <returns>X0, or null when the call does not return.</returns>
    public int? Call(int caller, uint function, ulong a1, ulong a2, ulong a3)
    {
        // In the 32-bit convention the upper halves of the arguments are whatever the guest left there.
        if ((function & Convention64) == 0) (a1, a2, a3) = ((uint)a1, (uint)a2, (uint)a3);
        return function switch
        {
            PSCI_VERSION or SMCCC_VERSION => Version,
            CPU_SUSPEND or CPU_SUSPEND | Convention64 => SUCCESS, // 5.4.2: a standby state that ends at once.
            CPU_OFF => TurnOff(caller),
            CPU_ON or CPU_ON | Convention64 => TurnOn(a1, a2, a3),
            AFFINITY_INFO or AFFINITY_INFO | Convention64 => AffinityInfo(a1, a2),
            MIGRATE_INFO_TYPE => NoMigration,
            SYSTEM_OFF => End(events.PowerOff),
            SYSTEM_RESET => End(events.Reset),
            SYSTEM_RESET2 or SYSTEM_RESET2 | Convention64 => ((uint)a1 & VendorResetType) == 0 ? End(events.Reset) : INVALID_PARAMETERS,
            PSCI_FEATURES => IsImplemented((uint)a1) ? SUCCESS : NOT_SUPPORTED,
            SMCCC_ARCH_FEATURES => (uint)a1 is SMCCC_VERSION or SMCCC_ARCH_FEATURES ? SUCCESS : NOT_SUPPORTED,
            _ => NOT_SUPPORTED,
        };
    }

    // 5.15: also says that the SMC Calling Convention can be asked for its version.
    private static bool IsImplemented(uint function) => function switch
    {
        PSCI_VERSION or CPU_OFF or MIGRATE_INFO_TYPE or SYSTEM_OFF or SYSTEM_RESET or PSCI_FEATURES or SMCCC_VERSION => true,
        _ => (function & ~Convention64) is CPU_SUSPEND or CPU_ON or AFFINITY_INFO or SYSTEM_RESET2,
    };

    private static int? End(Action end)
    {
        end();
        return null;
    }

    private int? TurnOff(int caller)
    {
        power.TurnOff(caller);
        if (power.IsAllOff) events.Fault(caller, "the guest turned off its last vCPU", null);
        return null;
    }

    private int TurnOn(ulong target, ulong entryPoint, ulong context)
    {
        if (!TryFind(target, out int index)) return INVALID_PARAMETERS;
        if ((entryPoint & 3) != 0 || !isRam(new GuestAddress(entryPoint))) return INVALID_ADDRESS;
        return power.TurnOn(index, new VcpuStart(entryPoint, context)) switch
        {
            PowerState.Off => SUCCESS,
            PowerState.OnPending => ON_PENDING,
            _ => ALREADY_ON,
        };
    }

    // 5.7.1: from 1.0 on, levels above 0 need not be answered.
    private int AffinityInfo(ulong target, ulong lowestLevel)
    {
        if (lowestLevel != 0 || !TryFind(target, out int index)) return INVALID_PARAMETERS;
        return power[index] switch { PowerState.On => 0, PowerState.Off => 1, _ => 2 };
    }

    // The engine puts a vCPU's index in Aff0; guests pass the affinity alone or all of MPIDR_EL1.
    private bool TryFind(ulong target, out int index)
    {
        ulong affinity = target & AffinityMask;
        index = (int)Math.Min(affinity, int.MaxValue);
        return affinity < (ulong)power.Count;
    }
}

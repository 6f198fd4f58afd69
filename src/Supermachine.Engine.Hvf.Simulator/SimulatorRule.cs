namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>What the simulator holds a caller of the framework to. Each has a test of its name.</summary>
public enum SimulatorRule
{
    /// <summary>A process has one VM, and what needs it comes after hv_vm_create.</summary>
    OneVmPerProcess = 1,

    /// <summary>A vCPU belongs to the thread that created it, and a thread has one.</summary>
    OwningThread = 2,

    /// <summary>Only hv_vcpus_exit and the calls about the VM as a whole may come from any thread.</summary>
    CallsFromOtherThreads = 3,

    /// <summary>vCPUs are destroyed before the VM, and there are no more than the framework allows.</summary>
    VcpusWithinTheVm = 4,

    /// <summary>With a GIC no vCPU comes or goes once one has run, until all go.</summary>
    FinalTopology = 5,

    /// <summary>Nobody looks into a vCPU that is inside hv_vcpu_run.</summary>
    NotWhileRunning = 6,

    /// <summary>A request to exit is kept for the next run, ends one run, and is never for a vCPU that is gone. Runs also end for nothing.</summary>
    ExitRequests = 7,

    /// <summary>The program has the entitlement.</summary>
    Entitlement = 8,

    /// <summary>Addresses and sizes are multiples of the granule, 16 KiB unless the VM was configured otherwise, and not zero.</summary>
    Granule = 9,

    /// <summary>Guest memory lies within the configured address bits, and not at zero.</summary>
    AddressSpace = 10,

    /// <summary>Mappings do not overlap each other, nor the GIC.</summary>
    Overlap = 11,

    /// <summary>What is unmapped is exactly what was mapped.</summary>
    ExactUnmap = 12,

    /// <summary>The guest gets no permission that the host mapping could never have.</summary>
    MaximumProtection = 13,

    /// <summary>Host memory under a mapping stays what it was.</summary>
    HostRemap = 14,

    /// <summary>Mapped memory is not given back, and a file under it keeps its bytes.</summary>
    HostBacking = 15,

    /// <summary>Flags are known ones, and hv_vm_allocate takes whole granules.</summary>
    Flags = 16,

    /// <summary>A system register exists, in this macOS and in this VM, and takes the value.</summary>
    SystemRegisters = 17,

    /// <summary>A register number is one of the enumeration.</summary>
    RegisterNumbers = 18,

    /// <summary>Booleans are one byte, 0 or 1, and narrow arguments are extended.</summary>
    NarrowArguments = 19,

    /// <summary>The vector of hv_vcpu_set_simd_fp_reg goes by value.</summary>
    VectorByValue = 20,

    /// <summary>The exit structure stays where it is, and has only what its reason says.</summary>
    ExitStructure = 21,

    /// <summary>A pending interrupt lasts for one run, and is not for a VM with a GIC.</summary>
    PendingInterrupts = 22,

    /// <summary>A new vCPU is at EL0 with everything zero.</summary>
    FreshVcpu = 23,

    /// <summary>VM, then GIC, then vCPUs; bases aligned and apart.</summary>
    GicOrder = 24,

    /// <summary>The geometry is asked for, never assumed.</summary>
    GicGeometry = 25,

    /// <summary>Shared interrupts and messages are within their ranges.</summary>
    SharedInterrupts = 26,

    /// <summary>Every vCPU has its own MPIDR_EL1 before anything relies on it, and keeps it.</summary>
    Affinity = 27,

    /// <summary>GIC registers are those of the enumerations, and values fit them.</summary>
    GicRegisters = 28,

    /// <summary>The GIC's state is taken while nothing runs, and objects are released.</summary>
    GicStateAndObjects = 29,

    /// <summary>The GIC's state is set once every vCPU exists and before any has run; the CPU interfaces after it.</summary>
    GicRestore = 30,

    /// <summary>Interrupts reach a vCPU only where affinity, group, priority and enables say so.</summary>
    Routing = 31,

    /// <summary>The PC of an exit is the instruction's, and after it only for HVC.</summary>
    ProgramCounter = 32,

    /// <summary>An abort's syndrome describes the access only for plain loads and stores.</summary>
    AbortSyndromes = 33,

    /// <summary>The timer masks itself when it ends a run, and both timer and WFI may end one or not.</summary>
    TimerAndWait = 34,

    /// <summary>Nothing ends a run from time to time.</summary>
    NoPeriodicExits = 35,

    /// <summary>vCPUs that run have one virtual counter.</summary>
    OneCounter = 36,

    /// <summary>Registers that nobody listed end a run.</summary>
    TrappedRegisters = 37,

    /// <summary>A secondary vCPU is started by its own thread.</summary>
    StartByOwner = 38,

    /// <summary>A macOS has the functions and registers of its time.</summary>
    SystemVersion = 39,

    /// <summary>Everything is taken down, in order.</summary>
    Teardown = 40,
}

/// <summary>A caller broke a rule.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Call">The framework's function.</param>
/// <param name="Message">What was wrong, with the values.</param>
public sealed record SimulatorViolation(SimulatorRule Rule, string Call, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Call}: {Message} (rule {(int)Rule}, {Rule})";
}

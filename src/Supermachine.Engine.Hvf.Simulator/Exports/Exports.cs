using System.Reflection;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// The entry points, under Apple's names. Booleans and numbers of fewer than 32 bits are taken as 32, so that what a caller left in
/// the upper bits shows. No exception leaves them.
/// </summary>
internal static unsafe partial class Exports
{
    private static readonly Version GicIntroduced = new(15, 0), El2Introduced = new(15, 0);

    private static HypervisorSimulator Simulator => HypervisorSimulator.Current;

    /// <summary>A table of the functions that a macOS has.</summary>
    /// <exception cref="PlatformNotSupportedException">It is older than what the engine needs.</exception>
    public static HvApi Fill(Version system) => HvApi.Fill(system, (name, _) => Find(name, system));

    /// <summary>The address of a function, or zero where a macOS does not have it, as dlsym gives.</summary>
    public static nint Find(string name, Version system) => Introduced(name) <= system ? Method(name).MethodHandle.GetFunctionPointer() : 0;

    /// <summary>The implementation of a function.</summary>
    public static MethodInfo Method(string name) =>
        typeof(Exports).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static) is { } method && method.IsDefined(typeof(UnmanagedCallersOnlyAttribute))
            ? method
            : throw new MissingMethodException(nameof(Exports), name);

    private static Version Introduced(string name)
    {
        if (name.StartsWith("hv_gic_", StringComparison.Ordinal)) return GicIntroduced;
        if (name.Contains("_el2_", StringComparison.Ordinal)) return El2Introduced;
        FieldInfo entry = typeof(HvApi).GetField(name)!;
        Version since = HvApi.Since(entry);
        return since == HvApi.OldestSystem ? new Version(11, 0) : since;
    }

#pragma warning disable CA1031 // An exception in the caller's machine code would end the process without a word.
    /// <summary>Runs a call that concerns the VM as a whole, under the simulator's lock.</summary>
    private static hv_return_t Call(string name, Action<HypervisorSimulator> call)
    {
        try
        {
            HypervisorSimulator simulator = Simulator;
            lock (simulator.Lock) call(simulator);
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(name, exception);
        }
    }

    /// <summary>Runs a call that gives an object, or null.</summary>
    private static nint Create(string name, Func<HypervisorSimulator, object?> create)
    {
        nint pointer = 0;
        Call(name, simulator => pointer = create(simulator) is { } item ? simulator.Objects.Add(item) : 0);
        return pointer;
    }

    /// <summary>Runs a call that belongs to a vCPU's own thread.</summary>
    private static hv_return_t Own(string name, ulong id, Action<SimulatedVcpu> call, SimulatorRule rule = SimulatorRule.OwningThread)
    {
        try
        {
            call(Own(id, rule));
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(name, exception);
        }
    }
#pragma warning restore CA1031

    /// <summary>The vCPU, for the thread that created it and nobody else.</summary>
    private static SimulatedVcpu Own(ulong id, SimulatorRule rule = SimulatorRule.OwningThread)
    {
        HypervisorSimulator simulator = Simulator;
        SimulatedVcpu vcpu = simulator.RequireVm().Find(id);
        if (vcpu.OwningThread == Environment.CurrentManagedThreadId) return vcpu;
        if (vcpu.IsRunning) rule = SimulatorRule.NotWhileRunning;
        throw simulator.Unspecified(rule, $"vCPU {id} belongs to thread {vcpu.OwningThread}, not to {Environment.CurrentManagedThreadId}");
    }

    private static SimulatedGic Gic(HypervisorSimulator simulator) =>
        simulator.RequireVm().Gic ?? throw simulator.Unspecified(SimulatorRule.GicOrder, "this VM has no GIC");

    private static bool Bool(uint value) =>
        value <= 1 ? value == 1 : throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.NarrowArguments, $"0x{value:x} is no bool: it is one byte, 0 or 1, and extended");

    private static ushort Narrow(uint value) =>
        value <= ushort.MaxValue ? (ushort)value : throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.NarrowArguments, $"0x{value:x} has more than 16 bits: the argument was not extended");
}

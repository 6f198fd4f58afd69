using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// A Hypervisor.framework for this process: every call of <see cref="HvApi"/> over the software engine, refusing what Apple's
/// refuses and what its documentation forbids. There is one at a time, as there is one framework in a process.
/// </summary>
public sealed partial class HypervisorSimulator : IDisposable
{
    /// <summary>Ticks of mach_absolute_time in a second, and CNTFRQ_EL0: 125/3 nanoseconds each, as on Apple silicon.</summary>
    private const uint Frequency = 24_000_000;

    private static HypervisorSimulator? s_current;

    private readonly Lock _log = new();
    private readonly List<SimulatorViolation> _violations = [];
    private readonly Random _random;

    private HypervisorSimulator(SimulatorOptions options, TimeProvider time)
    {
        Options = options;
        _random = new Random(options.Seed);
        Geometry = options.VariedGeometry ? Geometry.Varied(new Random(options.Seed)) : new Geometry();
        if (options.SmallGic) Geometry = Geometry.AroundQemusMap();
        Clock = new SystemCounter(time, Frequency);
        Api = Exports.Fill(options.SystemVersion);
    }

    /// <summary>What is simulated.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>What callers did wrong so far, in order.</summary>
    public IReadOnlyList<SimulatorViolation> Violations
    {
        get
        {
            lock (_log) return [.. _violations];
        }
    }

    /// <summary>Called for each violation, on the thread that committed it; must return soon.</summary>
    public Action<SimulatorViolation>? OnViolation { get; set; }

    /// <summary>The framework of this process.</summary>
    internal static HypervisorSimulator Current => s_current ?? throw new InvalidOperationException("no simulator of Hypervisor.framework is installed");

    internal HvApi Api { get; }

    internal Geometry Geometry { get; }

    /// <summary>mach_absolute_time.</summary>
    internal SystemCounter Clock { get; }

    /// <summary>Held by every call that changes or walks what belongs to the VM as a whole; never while guest code runs.</summary>
    internal Lock Lock { get; } = new();

    internal ObjectTable Objects { get; } = new();

    internal Allocations Allocations { get; } = new();

    internal SimulatedVm? Vm { get; private set; }

    /// <summary>Puts a simulated framework in place.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock behind mach_absolute_time and the guests' counters; the system's by default.</param>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    /// <exception cref="PlatformNotSupportedException">The simulated macOS is older than what the engine needs.</exception>
    public static HypervisorSimulator Install(SimulatorOptions? options = null, TimeProvider? time = null)
    {
        HypervisorSimulator simulator = new(options ?? new SimulatorOptions(), time ?? TimeProvider.System);
        if (Interlocked.CompareExchange(ref s_current, simulator, null) is not null) throw new InvalidOperationException("this process has a simulated Hypervisor.framework already");
        return simulator;
    }

    /// <summary>Takes it away. What was left behind is a violation of <see cref="SimulatorRule.Teardown"/>.</summary>
    public void Dispose()
    {
        if (s_current != this) return;
        lock (Lock)
        {
            if (Vm is { } vm)
            {
                Flag(SimulatorRule.Teardown, "exit", "the VM was not destroyed");
                vm.Dispose();
                Vm = null;
            }

            foreach (object left in Objects.Live) Flag(SimulatorRule.GicStateAndObjects, "exit", $"a {left.GetType().Name} was not released");
        }

        s_current = null;
    }

    /// <summary>Moves mach_absolute_time on, as the time between saving a machine and bringing it back does. Only while no vCPU runs.</summary>
    /// <param name="ticks">How far, in ticks of 125/3 nanoseconds.</param>
    public void AdvanceClock(ulong ticks) => Clock.Count += ticks;

    internal void CreateVm(VmConfig config)
    {
        if (!Options.IsEntitled) throw new Refusal(HV_DENIED, null, "the program is not entitled");
        if (Vm is not null) throw new Refusal(HV_BUSY, SimulatorRule.OneVmPerProcess, "this process has a VM already");
        Vm = new SimulatedVm(this, config);
    }

    internal void DestroyVm()
    {
        SimulatedVm vm = RequireVm();
        vm.CheckEmpty();
        vm.Dispose();
        Vm = null;
    }

    /// <exception cref="Refusal">There is none.</exception>
    internal SimulatedVm RequireVm() => Vm ?? throw Unspecified(SimulatorRule.OneVmPerProcess, "there is no VM");

    /// <summary>An error whose code nobody has written down.</summary>
    internal Refusal Unspecified(SimulatorRule rule, string message)
    {
        if (!Options.VariedErrors) return new Refusal(HV_ERROR, rule, message);
        ReadOnlySpan<hv_return_t> codes = [HV_ERROR, HV_BAD_ARGUMENT, HV_DENIED, HV_BUSY, HV_NO_RESOURCES];
        lock (_log) return new Refusal(codes[_random.Next(codes.Length)], rule, message);
    }

    /// <summary>True once in a number of times, by chance. Any thread.</summary>
    internal bool Toss(int period)
    {
        lock (_log) return _random.Next(period) == 0;
    }

    /// <summary>Notes a violation that does not make the call fail.</summary>
    internal void Flag(SimulatorRule rule, string call, string message)
    {
        SimulatorViolation violation = new(rule, call, message);
        lock (_log) _violations.Add(violation);
        OnViolation?.Invoke(violation);
    }

    /// <summary>What a call returns that ended in an exception: none crosses into the caller, not even when the framework is gone.</summary>
    internal static hv_return_t Fail(string call, Exception exception)
    {
        if (exception is not Refusal refusal) refusal = new Refusal(HV_ERROR, SimulatorRule.Teardown, $"the simulator failed: {exception}");
        if (refusal.Rule is { } rule) s_current?.Flag(rule, call, refusal.Message);
        return refusal.Code;
    }

    /// <summary>mach_absolute_time; zero once the framework is gone.</summary>
    internal static ulong Now => s_current?.Clock.Count ?? 0;
}

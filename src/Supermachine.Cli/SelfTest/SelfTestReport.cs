using System.Globalization;
using System.Runtime.InteropServices;

namespace Supermachine.Cli.SelfTest;

/// <summary><c>proof-of-life --full</c>: what this host's engine really does, as one block of text to send.</summary>
/// <param name="output">Where the block goes.</param>
/// <param name="time">Measures.</param>
internal sealed class SelfTestReport(TextWriter output, TimeProvider time)
{
    private const int Repetitions = 20_000;
    private const ulong CounterHz = 1, WorkRounds = 10_000;
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(20);
    private bool _passed = true;

    /// <returns>Whether everything was as it has to be.</returns>
    public bool Run(IEngine engine)
    {
        EngineCapabilities capabilities = engine.Capabilities;
        output.WriteLine("----- supermachine self-test, please send from here -----");
        Line("program", $"{typeof(SelfTestReport).Assembly.GetName().Version}, .NET {Environment.Version}, {RuntimeInformation.ProcessArchitecture}");
        Line("system", $"{RuntimeInformation.OSDescription} ({Environment.OSVersion.Version}), {Environment.ProcessorCount} CPUs");
        Line("engine", $"{capabilities.Name}, {capabilities.AddressBits} address bits, {capabilities.MaxVcpus} vCPUs, granule 0x{capabilities.MapGranule:x}");
        InterruptControllerGeometry gic = capabilities.InterruptController;
        Line("gic", $"distributor 0x{gic.DistributorSize:x}, redistributors 0x{gic.RedistributorRegionSize:x} of 0x{gic.RedistributorSize:x}, alignment 0x{gic.Alignment:x}, SPIs {gic.FirstSpi} to {gic.FirstSpi + gic.SpiCount - 1}");
        using (SelfTestMachine machine = new(engine))
        {
            Line("timers", $"{machine.Partition.InterruptController.Timers}");
            Step("gic state, cold", () => GicState(machine));
            Step("vectors", () => Vectors(machine.Vcpu));
            Step("state", () => State(machine.Vcpu));
            Step("hvc", () => Calls(machine));
            Step("mmio", () => Loads(machine));
            Step("counter", () => Counter(machine));
            Step("sleep", () => Sleep(machine));
            Step("gic state, warm", () => GicState(machine));
            Step("snapshot", () => Snapshot(machine));
            Line("exits", $"WFI {machine.Waits}, timer {machine.TimerExits}, for nothing {machine.Cancellations}");
        }

        Line("result", _passed ? "PASS" : "FAIL");
        output.WriteLine("----- to here -----");
        return _passed;
    }

    /// <summary>32 registers that all differ, written through the engine and read back.</summary>
    private static string Vectors(IVcpu vcpu)
    {
        VcpuState before = vcpu.Capture();
        UInt128 seed = new(0x0f1e_2d3c_4b5a_6978, 0x8796_a5b4_c3d2_e1f0);
        VcpuState patterns = new([.. before.Registers.Select(register => register.Key[0] == 'V' && register.Key.Length <= 3 ? KeyValuePair.Create(register.Key, seed = UInt128.RotateLeft(seed, 41) + 0x11) : register)]);
        vcpu.Apply(patterns);
        Dictionary<string, UInt128> after = new(vcpu.Capture().Registers);
        string[] wrong = [.. patterns.Registers.Where(register => register.Key[0] == 'V' && after[register.Key] != register.Value).Select(register => register.Key)];
        vcpu.Apply(before);
        return wrong.Length == 0 ? "32 of 32 come back" : throw new SelfTestException($"{32 - wrong.Length} of 32 come back, not {string.Join(' ', wrong)}");
    }

    private static string State(IVcpu vcpu)
    {
        VcpuState state = vcpu.Capture();
        for (int i = 0; i < 31; i++) vcpu.WriteRegister(VcpuRegister.X0 + (byte)i, 0x1234_5678_9abc_def0ul * (ulong)(i + 1));
        VcpuState changed = vcpu.Capture();
        vcpu.Apply(state);
        string[] wrong = Differences(state, vcpu.Capture());
        vcpu.Apply(changed);
        wrong = [.. wrong, .. Differences(changed, vcpu.Capture())];
        return wrong.Length == 0 ? $"{state.Registers.Count} registers come back" : throw new SelfTestException($"these do not come back: {string.Join(' ', wrong)}");
    }

    private static string[] Differences(VcpuState wanted, VcpuState got)
    {
        Dictionary<string, UInt128> values = new(got.Registers);
        return [.. wanted.Registers.Where(register => values.GetValueOrDefault(register.Key) != register.Value).Select(register => $"{register.Key}=0x{values.GetValueOrDefault(register.Key):x} for 0x{register.Value:x}")];
    }

    // The clock moves between the two; its fields alone may differ.
    private static string GicState(SelfTestMachine machine)
    {
        IInterruptController controller = machine.Partition.InterruptController;
        VcpuState vcpu = machine.Vcpu.Capture();
        MemorySnapshot saved = new(controller);
        saved.Restore(controller);
        machine.Vcpu.Apply(vcpu);
        int[] differences = [.. saved.Differences(new MemorySnapshot(controller))];
        return $"{saved.Size} bytes, other fields after a restore: {(differences.Length == 0 ? "none" : string.Join(' ', differences))}";
    }

    /// <summary>A guest that works with registers, vectors and memory twice from one state, with a pause that its clock must not see.</summary>
    private static string Snapshot(SelfTestMachine machine)
    {
        machine.Load(SelfTestProgram.Work);
        (machine[1], machine[2], machine[12]) = (0x9e37_79b9_7f4a_7c15, SelfTestMachine.WordAddress, WorkRounds);
        machine.RunTo(VcpuExitKind.FirmwareCall, 3);
        (VcpuState vcpu, MemorySnapshot controller, ulong word, ulong count) = (machine.Vcpu.Capture(), new(machine.Partition.InterruptController), machine.Word, machine[3]);
        machine.RunTo(VcpuExitKind.FirmwareCall, 3);
        ulong first = machine[1];
        Thread.Sleep(Nap);
        controller.Restore(machine.Partition.InterruptController);
        machine.Vcpu.Apply(vcpu);
        machine.Word = word;
        machine.RunTo(VcpuExitKind.FirmwareCall, 3);
        if (machine[1] != first) throw new SelfTestException($"the same work gave 0x{first:x} and, after a restore, 0x{machine[1]:x}");
        if (machine[3] < count) throw new SelfTestException($"the guest's clock was at {count} and, after a restore, at {machine[3]}");
        return Text($"the same work twice gives the same; {machine[3] - count} ticks passed, with {Nap.TotalMilliseconds} ms between");
    }

    private string Calls(SelfTestMachine machine)
    {
        machine.Load(SelfTestProgram.Calls);
        return PerExit(() => machine.RunTo(VcpuExitKind.FirmwareCall));
    }

    private string Loads(SelfTestMachine machine)
    {
        machine.Load(SelfTestProgram.Loads);
        machine[2] = SelfTestMachine.Device;
        machine.RunTo(VcpuExitKind.MmioRead);
        string cost = PerExit(() => machine.RunTo(VcpuExitKind.MmioRead, 0, VcpuEntry.Complete(0x5a5a)));
        return machine[1] == 0x5a5a ? cost : throw new SelfTestException($"a load of 0x5a5a gave 0x{machine[1]:x}");
    }

    private string Counter(SelfTestMachine machine)
    {
        machine.Load(SelfTestProgram.Counter);
        machine.RunTo(VcpuExitKind.FirmwareCall, 1);
        (long started, ulong first, ulong frequency) = (time.GetTimestamp(), machine[2], machine[1]);
        Thread.Sleep(Nap);
        machine.RunTo(VcpuExitKind.FirmwareCall, 1);
        double seconds = time.GetElapsedTime(started).TotalSeconds, counted = (double)(machine[2] - first) / Math.Max(frequency, CounterHz);
        return Text($"{frequency} Hz, {counted * 1000:F2} ms counted in {seconds * 1000:F2} ms");
    }

    private string Sleep(SelfTestMachine machine)
    {
        machine.Load(SelfTestProgram.Counter);
        machine.RunTo(VcpuExitKind.FirmwareCall, 1);
        ulong frequency = machine[1];
        machine.Load(SelfTestProgram.Sleep);
        machine[10] = SelfTestMachine.Distributor.Value;
        machine[11] = SelfTestMachine.Redistributors.Value;
        machine[12] = frequency * (ulong)Nap.TotalMilliseconds / 1000;
        long started = time.GetTimestamp();
        machine.RunTo(VcpuExitKind.FirmwareCall, 2);
        double elapsed = time.GetElapsedTime(started).TotalMilliseconds, late = (machine[5] - machine[4]) * 1e6 / frequency;
        string text = Text($"{Nap.TotalMilliseconds} ms took {elapsed:F2} ms, awake {late:F0} us late, INTID {machine[6]}");
        return machine[6] == machine.Partition.InterruptController.Timers.Virtual ? text : throw new SelfTestException($"{text}: not the virtual timer's");
    }

    private string PerExit(Action exit)
    {
        for (int i = 0; i < Repetitions / 10; i++) exit();
        long allocated = GC.GetAllocatedBytesForCurrentThread(), started = time.GetTimestamp();
        for (int i = 0; i < Repetitions; i++) exit();
        double nanoseconds = time.GetElapsedTime(started).TotalNanoseconds / Repetitions;
        return Text($"{nanoseconds:F0} ns per exit and answer, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / Repetitions} bytes allocated");
    }

#pragma warning disable CA1031 // Whatever a step throws is its result; the next one may still tell something.
    private void Step(string name, Func<string> step)
    {
        try
        {
            Line(name, step());
        }
        catch (Exception exception)
        {
            _passed = false;
            Line(name, $"FAILED: {exception.Message}");
        }
    }
#pragma warning restore CA1031

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(string name, string value) => output.WriteLine($"{name,-16} {value}");
}

using static Supermachine.Runtime.Tests.ScriptedVcpu;

namespace Supermachine.Runtime.Tests;

public sealed class MachineTests
{
    private const ulong Uart = 0x0900_0000;
    private const ulong Entry = 0x4008_0000;

    [Fact]
    public async Task A_guest_starts_with_the_device_tree_in_X0_and_its_output_reaches_the_console_before_the_run_ends()
    {
        ulong tree = 0, pc = 0;
        using var test = new TestMachine(Guest);
        var console = new RecordingConsole();
        test.Builder.UseConsole(console);
        await using Machine machine = test.Builder.Build();

        MachineOutcome outcome = machine.Run(CancellationToken.None);

        Assert.Equal(MachineOutcome.PoweredOff, outcome);
        Assert.Equal("hello", console.Text);
        Assert.Equal(Entry, pc);
        Span<byte> magic = stackalloc byte[4];
        Assert.True(machine.Hardware.Memory.TryRead(new GuestAddress(tree), magic));
        Assert.Equal([0xd0, 0x0d, 0xfe, 0xed], magic.ToArray());

        IEnumerable<VcpuExit> Guest(ScriptedVcpu vcpu)
        {
            (tree, pc) = (vcpu[VcpuRegister.X0], vcpu[VcpuRegister.PC]);
            foreach (char letter in "hello") yield return new(VcpuExitKind.MmioWrite, Uart, AccessWidth.Byte, letter);
            yield return Call(vcpu, Psci.SYSTEM_OFF);
            Assert.Fail("a guest that powered off must not run on");
        }
    }

    [Fact]
    public async Task Vcpus_are_created_up_front_on_their_own_threads_and_torn_down_before_the_partition()
    {
        using var test = new TestMachine(PowerOff, vcpus: 3);
        Machine machine = test.Builder.Build();
        ScriptedEngine.ScriptedPartition partition = test.Engine.Partition!;
        Assert.Equal(["map 0x40000000 800000 Read, Write, Execute", "vcpu 0 on vcpu-0", "vcpu 1 on vcpu-1", "vcpu 2 on vcpu-2"], partition.Calls);
        Assert.Equal(new PartitionOptions(3, new GuestAddress(0x0800_0000), new GuestAddress(0x1000_0000)), partition.Options);

        machine.Run(CancellationToken.None);
        await machine.DisposeAsync();

        Assert.Equal(["dispose"], partition.Calls.Skip(4));
    }

    [Fact]
    public async Task A_stopped_machine_goes_on_where_it_was_with_its_answers_delivered()
    {
        List<VcpuEntry> answers = [];
        using var stop = new CancellationTokenSource();
        using var test = new TestMachine(Guest);
        await using Machine machine = test.Builder.Build();

        Assert.Equal(MachineOutcome.Stopped, machine.Run(stop.Token));
        Assert.Equal(VcpuEntryKind.Complete, test.Engine.Partition!.Vcpus[0].Answer.Kind);
        ulong captured = machine.Vcpus.Threads[0].Invoke(vcpu => vcpu.ReadRegister(VcpuRegister.PC));
        Assert.Equal(Entry, captured);
        Assert.Equal(MachineOutcome.PoweredOff, machine.Run(CancellationToken.None));
        Assert.Equal(1, test.Engine.Partition.Vcpus[0].Starts);
        Assert.Equal(0x97u, Assert.Single(answers).Value);

        IEnumerable<VcpuExit> Guest(ScriptedVcpu vcpu)
        {
            stop.Cancel();
            yield return new(VcpuExitKind.MmioRead, Uart + Pl011.UARTFR, AccessWidth.Word);
            answers.Add(vcpu.Answer);
            yield return Call(vcpu, Psci.SYSTEM_OFF);
        }
    }

    [Fact]
    public async Task A_stop_before_the_run_is_not_lost()
    {
        using var test = new TestMachine(_ => [Sleep]);
        await using Machine machine = test.Builder.Build();
        machine.RequestStop();
        Assert.Equal(MachineOutcome.Stopped, machine.Run(CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_boots_again_with_clean_memory_and_reset_devices(bool canCapture)
    {
        int boots = 0;
        var scratch = new GuestAddress(0x4000_1000);
        List<ulong> masks = [];
        byte[] seen = [];
        Machine? machine = null;
        using var test = new TestMachine(Guest, onReset: ResetPolicy.Restart, canCapture: canCapture);
        machine = test.Builder.Build();
        Assert.Equal(MachineOutcome.PoweredOff, machine.Run(CancellationToken.None));

        Assert.Equal(2, boots);
        Assert.Equal([0ul, 0ul], masks);
        Assert.Equal([0], seen);
        Assert.Equal(1, test.Engine.Partition!.Controller.Resets);
        Assert.Equal(canCapture ? 1 : 2, test.Engine.Partition!.Calls.Count(call => call.StartsWith("vcpu 0")));
        await machine.DisposeAsync();
        Assert.Equal("dispose", test.Engine.Partition.Calls.Last());

        IEnumerable<VcpuExit> Guest(ScriptedVcpu vcpu)
        {
            boots++;
            Assert.Equal(0ul, vcpu[VcpuRegister.X0 + 19]);
            vcpu[VcpuRegister.X0 + 19] = 7;
            yield return new(VcpuExitKind.MmioRead, Uart + Pl011.UARTIMSC, AccessWidth.Word);
            masks.Add(vcpu.Answer.Value);
            yield return new(VcpuExitKind.MmioWrite, Uart + Pl011.UARTIMSC, AccessWidth.Word, 0x10);
            byte[] buffer = new byte[1];
            machine!.Hardware.Memory.TryRead(scratch, buffer);
            if (boots == 2) seen = buffer;
            machine.Hardware.Memory.TryWrite(scratch, [1]);
            yield return Call(vcpu, boots == 1 ? Psci.SYSTEM_RESET : Psci.SYSTEM_OFF);
        }
    }

    [Fact]
    public async Task A_reset_under_the_exit_policy_ends_the_run_and_the_next_run_boots_anew()
    {
        using var test = new TestMachine(vcpu => [Call(vcpu, Psci.SYSTEM_RESET)]);
        await using Machine machine = test.Builder.Build();
        Assert.Equal(MachineOutcome.Reset, machine.Run(CancellationToken.None));
        Assert.Equal(MachineOutcome.Reset, machine.Run(CancellationToken.None));
        Assert.Equal(1, test.Engine.Partition!.Controller.Resets);
    }

    [Fact]
    public async Task A_fault_names_vcpu_pc_and_syndrome()
    {
        using var test = new TestMachine(_ => [new(VcpuExitKind.Fault, Address: 0x4008_1234, Value: 0x8600_0010)]);
        await using Machine machine = test.Builder.Build();
        MachineOutcome outcome = machine.Run(CancellationToken.None);
        Assert.Equal(MachineEnding.GuestFault, outcome.Ending);
        Assert.Contains("vCPU 0", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("0x40081234", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("0x86000010", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_throws_ends_the_run_and_is_named()
    {
        using var test = new TestMachine(_ => [new(VcpuExitKind.MmioRead, 0x0a00_0000, AccessWidth.Word)]);
        test.Builder.AddDevice("broken0", new ThrowingDevice());
        await using Machine machine = test.Builder.Build();
        MachineOutcome outcome = machine.Run(CancellationToken.None);
        Assert.Equal(MachineEnding.GuestFault, outcome.Ending);
        Assert.Contains("broken0", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("no such luck", outcome.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(outcome.Cause);
    }

    [Fact]
    public async Task Secondaries_start_by_CPU_ON_at_their_entry_with_their_context_and_can_be_turned_off_and_on_again()
    {
        List<(int Vcpu, ulong Pc, ulong Context)> starts = [];
        using var test = new TestMachine(Guest, vcpus: 2);
        await using Machine machine = test.Builder.Build();
        Assert.Equal(MachineOutcome.PoweredOff, machine.Run(CancellationToken.None));
        Assert.Equal([(1, 0x4010_0000ul, 1ul), (1, 0x4010_0000ul, 2ul)], starts);
        Assert.Equal(1, test.Engine.Partition!.Vcpus[1].Applied);

        IEnumerable<VcpuExit> Guest(ScriptedVcpu vcpu) => vcpu.Index == 0 ? First(vcpu) : Second(vcpu);

        IEnumerable<VcpuExit> First(ScriptedVcpu vcpu)
        {
            for (ulong round = 1; round <= 2; round++)
            {
                yield return Call(vcpu, Psci.CPU_ON | Psci.Convention64, 1, 0x4010_0000, round);
                Assert.Equal(VcpuEntry.Complete(0), vcpu.Answer);
                do yield return Call(vcpu, Psci.AFFINITY_INFO | Psci.Convention64, 1); while (vcpu.Answer.Value != 1);
            }

            yield return Call(vcpu, Psci.SYSTEM_OFF);
        }

        IEnumerable<VcpuExit> Second(ScriptedVcpu vcpu)
        {
            lock (starts) starts.Add((vcpu.Index, vcpu[VcpuRegister.PC], vcpu[VcpuRegister.X0]));
            yield return Call(vcpu, Psci.CPU_OFF);
            Assert.Fail("a vCPU that is off must not run on");
        }
    }

    [Fact]
    public async Task A_guest_that_turns_off_its_last_vcpu_is_told_of()
    {
        using var test = new TestMachine(vcpu => [Call(vcpu, Psci.CPU_OFF)]);
        await using Machine machine = test.Builder.Build();
        Assert.Contains("last vCPU", machine.Run(CancellationToken.None).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exits_allocate_nothing()
    {
        long allocated = -1;
        using var test = new TestMachine(Guest);
        await using Machine machine = test.Builder.Build();
        machine.Run(CancellationToken.None);
        Assert.Equal(0, allocated);

        IEnumerable<VcpuExit> Guest(ScriptedVcpu vcpu)
        {
            long before = 0;
            for (int i = 0; i < 2000; i++)
            {
                if (i == 1000) before = GC.GetAllocatedBytesForCurrentThread();
                yield return new(VcpuExitKind.MmioRead, Uart + Pl011.UARTFR, AccessWidth.Word);
                yield return new(VcpuExitKind.MmioWrite, Uart, AccessWidth.Word, 'x');
                yield return new(VcpuExitKind.MmioRead, 0x0901_0000, AccessWidth.Word);
                yield return new(VcpuExitKind.MmioRead, 0x0b00_0000, AccessWidth.Word);
                yield return new(VcpuExitKind.SystemRegisterRead, 0x8084);
                yield return Call(vcpu, Psci.PSCI_VERSION);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            yield return Call(vcpu, Psci.SYSTEM_OFF);
        }
    }

    [Fact]
    public async Task The_start_is_marked_step_by_step()
    {
        var timeline = new Timeline();
        using var test = new TestMachine(PowerOff);
        test.Builder.Timeline = timeline;
        await using Machine machine = test.Builder.Build();
        Assert.Equal([StartupStep.Built, StartupStep.Loaded], timeline.Steps);
        machine.Run(CancellationToken.None);
        Assert.Equal([StartupStep.PartsStarted, StartupStep.VcpusLaunched], timeline.Steps.Skip(2));
    }

    [Fact]
    public void An_engine_that_cannot_create_a_vcpu_leaves_nothing_behind()
    {
        var engine = new ScriptedEngine(PowerOff) { OnCreateVcpu = index => Assert.NotEqual(1, index) };
        using var loggers = new TestMachine(PowerOff);
        var builder = new MachineBuilder(engine, new MachineSettings { Name = "test", VcpuCount = 2 }, loggers, TimeProvider.System);
        var failure = Assert.Throws<InvalidOperationException>(builder.Build);
        Assert.Contains("vCPU 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal("dispose", engine.Partition!.Calls.Last());
    }

    [Theory]
    [InlineData(0, 8, 0x4000_0000, "0 are asked for")]
    [InlineData(9, 8, 0x4000_0000, "1 to 8 vCPUs")]
    [InlineData(1, 0, 0x4000_0000, "multiple of 16KiB")]
    [InlineData(1, 8, 0x5000_0000, "not at 0x50000000")]
    [InlineData(1, 1 << 20, 0x4000_0000, "36 address bits")]
    public void Settings_beyond_the_engine_are_refused_by_value(int vcpus, ulong mebibytes, ulong ramBase, string message)
    {
        using var test = new TestMachine(PowerOff);
        var settings = new MachineSettings { Name = "test", VcpuCount = vcpus, Memory = ByteSize.FromMiB(mebibytes), RamBase = new(ramBase) };
        var failure = Assert.Throws<ArgumentException>(() => new MachineBuilder(test.Engine, settings, test, test.Time));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_has_every_part_at_its_place()
    {
        using var test = new TestMachine(PowerOff);
        IDeviceContext context = test.Builder.CreateContext("disk0");
        context.Interrupt("queue");
        test.Builder.AddDevice("disk0", new ThrowingDevice());
        test.Builder.CreateContext("big0").Interrupt("a");
        test.Builder.AddDevice("big0", new ThrowingDevice(0x10_0000));
        Assert.Equal(
            [
                "gicd 0x8000000 10000 ", "uart0 0x9000000 1000 uart=33", "rtc0 0x9010000 1000 rtc=34", "disk0 0xa000000 200 queue=48",
                "big0 0xa100000 100000 a=49", "gicr 0x10000000 2000000 ", "ram 0x40000000 800000 ",
            ],
            test.Builder.Layout.Regions.Select(region =>
                $"{region.Name} {region.Address} {region.Size:x} {string.Join(",", region.Interrupts.Select(line => $"{line.Label}={line.Intid}"))}"));
    }

    private static IEnumerable<VcpuExit> PowerOff(ScriptedVcpu vcpu) => [Call(vcpu, Psci.SYSTEM_OFF)];

    private sealed class Timeline : IStartupTimeline
    {
        public List<StartupStep> Steps { get; } = [];

        public void Mark(StartupStep step) => Steps.Add(step);
    }

    private sealed class ThrowingDevice(uint size = 0x200) : IMmioDevice
    {
        public MmioWindow Window => new(size);

        public MmioResult Read(uint offset, AccessWidth width, out ulong value) => throw new NotSupportedException("no such luck");

        public MmioResult Write(uint offset, AccessWidth width, ulong value) => throw new NotSupportedException("no such luck");
    }
}

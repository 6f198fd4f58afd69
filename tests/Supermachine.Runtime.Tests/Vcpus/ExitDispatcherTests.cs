using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

public sealed class ExitDispatcherTests : IVcpuEvents, IDisposable
{
    private readonly List<string> _events = [];
    private readonly ScriptedVcpu _vcpu = new(2, _ => []);
    private readonly RecordingLogger _log = new();
    private readonly ExitDispatcher _dispatcher;

    public ExitDispatcherTests()
    {
        var bus = new MmioBus(TimeProvider.System);
        bus.Add("ram0", new(0x1000), new Cell(), _log);
        _dispatcher = new ExitDispatcher(bus, new Psci(new VcpuPower(1), _ => true, this), new SystemRegisters(_log), this);
    }

    public void Dispose() => _vcpu.Dispose();

    [Theory]
    [InlineData(VcpuExitKind.Canceled)]
    [InlineData(VcpuExitKind.WaitForInterrupt)]
    [InlineData(VcpuExitKind.VirtualTimer)]
    public void Exits_without_a_question_resume(VcpuExitKind kind) => Assert.Equal(VcpuEntry.Resume, Handle(new(kind)));

    [Fact]
    public void Accesses_to_a_device_complete_with_its_value()
    {
        Assert.Equal(VcpuEntry.Complete(), Handle(new(VcpuExitKind.MmioWrite, 0x1004, AccessWidth.Word, 0x1234)));
        Assert.Equal(VcpuEntry.Complete(0x1234), Handle(new(VcpuExitKind.MmioRead, 0x1004, AccessWidth.Word)));
    }

    [Theory]
    [InlineData(VcpuExitKind.MmioRead)]
    [InlineData(VcpuExitKind.MmioWrite)]
    public void Accesses_to_nothing_are_rejected(VcpuExitKind kind) => Assert.Equal(VcpuEntry.Reject, Handle(new(kind, 0x5000, AccessWidth.Word)));

    [Fact]
    public void Firmware_calls_are_answered_for_immediate_zero_alone()
    {
        _vcpu[VcpuRegister.X0] = 0xffff_ffff_0000_0000 | Psci.PSCI_VERSION;
        Assert.Equal(VcpuEntry.Complete(0x1_0001), Handle(new(VcpuExitKind.FirmwareCall)));
        Assert.Equal(VcpuEntry.Complete(ulong.MaxValue), Handle(new(VcpuExitKind.FirmwareCall, Value: 1)));
        _vcpu[VcpuRegister.X0] = Psci.SYSTEM_OFF;
        Assert.Equal(VcpuEntry.Resume, Handle(new(VcpuExitKind.FirmwareCall)));
        Assert.Equal(["off"], _events);
    }

    [Fact]
    public void System_registers_read_as_zero_and_each_is_logged_once()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(VcpuEntry.Complete(), Handle(new(VcpuExitKind.SystemRegisterRead, 0x8084)));
            Assert.Equal(VcpuEntry.Complete(), Handle(new(VcpuExitKind.SystemRegisterWrite, 0x8084, Value: 1)));
        }

        Assert.Single(_log.Entries);
    }

    [Fact]
    public void Faults_and_unknown_exits_end_the_run_with_the_registers()
    {
        _vcpu[VcpuRegister.ESR_EL1] = 0x9600_0010;
        _vcpu[VcpuRegister.FAR_EL1] = 0xfff0;
        _vcpu[VcpuRegister.PC] = 0x4444;
        Assert.Equal(VcpuEntry.Resume, Handle(new(VcpuExitKind.Fault, Address: 0x1234, Value: 0x77)));
        Handle(new((VcpuExitKind)99));
        Assert.Contains("2: the engine cannot go on at PC 0x1234, syndrome 0x77 (ESR_EL1 0x96000010, FAR_EL1 0xfff0", _events[0], StringComparison.Ordinal);
        Assert.Contains("unexpected exit 99 at PC 0x4444", _events[1], StringComparison.Ordinal);
    }

    void IVcpuEvents.PowerOff() => _events.Add("off");

    void IVcpuEvents.Reset() => _events.Add("reset");

    void IVcpuEvents.Fault(int vcpu, string message, Exception? cause) => _events.Add($"{vcpu}: {message}");

    private VcpuEntry Handle(VcpuExit exit) => _dispatcher.Handle(2, _vcpu, exit);

    private sealed class Cell : IMmioDevice
    {
        private ulong _value;

        public MmioWindow Window => new(0x200);

        public MmioResult Read(uint offset, AccessWidth width, out ulong value)
        {
            value = _value;
            return MmioResult.Ok;
        }

        public MmioResult Write(uint offset, AccessWidth width, ulong value)
        {
            _value = value;
            return MmioResult.Ok;
        }
    }
}

namespace Supermachine.Runtime.Tests;

/// <summary>Against DEN0022D (PSCI 1.1) and DEN0028 (SMC Calling Convention).</summary>
public sealed class PsciTests : IVcpuEvents
{
    private const ulong Code = 0x4000_0000;
    private readonly List<string> _events = [];
    private readonly VcpuPower _power = new(4);
    private readonly Psci _psci;

    public PsciTests()
    {
        _psci = new Psci(_power, address => address.Value is >= Code and < Code + 0x1000, this);
        _power.Reset(new VcpuStart(Code, 0));
        Assert.True(_power.TryTakeStart(0, out _));
    }

    [Theory]
    [InlineData(0x8400_0000, 0, 0x1_0001)] // PSCI_VERSION
    [InlineData(0x8000_0000, 0, 0x1_0001)] // SMCCC_VERSION
    [InlineData(0x8400_0006, 0, 2)] // MIGRATE_INFO_TYPE: no trusted OS
    [InlineData(0x8400_0001, 0, 0)] // CPU_SUSPEND
    [InlineData(0xc400_0001, 0, 0)]
    [InlineData(0x8400_0005, 0, -1)] // MIGRATE
    [InlineData(0x8400_0050, 0, -1)] // TRNG_VERSION
    [InlineData(0xc600_0000, 0, -1)]
    [InlineData(0, 0, -1)]
    [InlineData(0xffff_ffff, 0, -1)]
    [InlineData(0x8400_000a, 0x8400_0000, 0)] // PSCI_FEATURES
    [InlineData(0x8400_000a, 0x8400_0001, 0)]
    [InlineData(0x8400_000a, 0xc400_0001, 0)]
    [InlineData(0x8400_000a, 0x8400_0002, 0)]
    [InlineData(0x8400_000a, 0xc400_0003, 0)]
    [InlineData(0x8400_000a, 0xc400_0004, 0)]
    [InlineData(0x8400_000a, 0x8400_0008, 0)]
    [InlineData(0x8400_000a, 0x8400_0009, 0)]
    [InlineData(0x8400_000a, 0x8400_000a, 0)]
    [InlineData(0x8400_000a, 0xc400_0012, 0)]
    [InlineData(0x8400_000a, 0x8000_0000, 0)]
    [InlineData(0x8400_000a, 0x8400_0005, -1)]
    [InlineData(0x8400_000a, 0xc400_000e, -1)] // SYSTEM_SUSPEND
    [InlineData(0x8000_0001, 0x8000_0000, 0)] // SMCCC_ARCH_FEATURES
    [InlineData(0x8000_0001, 0x8000_8000, -1)] // SMCCC_ARCH_WORKAROUND_1
    [InlineData(0xc400_0012, 0x8000_0000, -2)] // SYSTEM_RESET2, a vendor's type
    public void Calls_answer_as_the_specification_says(uint function, ulong argument, int answer) =>
        Assert.Equal(answer, _psci.Call(0, function, argument, 0, 0));

    [Theory]
    [InlineData(0x8400_0008, "off")]
    [InlineData(0x8400_0009, "reset")]
    [InlineData(0x8400_0012, "reset")]
    [InlineData(0xc400_0012, "reset")]
    public void Calls_that_end_the_machine_do_not_return(uint function, string ending)
    {
        Assert.Null(_psci.Call(0, function, 0, 0, 0));
        Assert.Equal([ending], _events);
    }

    [Fact]
    public void A_vcpu_goes_from_off_over_pending_to_on_and_back()
    {
        Assert.Equal(1, Info(2));
        Assert.Equal(0, On(2, Code + 8, 77));
        Assert.Equal(2, Info(2));
        Assert.Equal(Psci.ON_PENDING, On(2, Code, 0));
        Assert.True(_power.TryTakeStart(2, out VcpuStart start));
        Assert.Equal(new VcpuStart(Code + 8, 77), start);
        Assert.Equal(0, Info(2));
        Assert.Equal(Psci.ALREADY_ON, On(2, Code, 0));
        Assert.Equal(Psci.ALREADY_ON, On(0, Code, 0));
        Assert.Null(_psci.Call(2, Psci.CPU_OFF, 0, 0, 0));
        Assert.Equal(1, Info(2));
        Assert.False(_power.TryTakeStart(2, out _));
        Assert.Equal(0, On(2, Code, 0));
    }

    [Theory]
    [InlineData(4ul, Code, Psci.INVALID_PARAMETERS)]
    [InlineData(0x100ul, Code, Psci.INVALID_PARAMETERS)]
    [InlineData(0x1_0000_0001ul, Code, Psci.INVALID_PARAMETERS)]
    [InlineData(ulong.MaxValue, Code, Psci.INVALID_PARAMETERS)]
    [InlineData(1ul, Code + 2, Psci.INVALID_ADDRESS)]
    [InlineData(1ul, 0ul, Psci.INVALID_ADDRESS)]
    [InlineData(1ul, Code + 0x1000, Psci.INVALID_ADDRESS)]
    [InlineData(0x8000_0001ul, Code, 0)] // all of MPIDR_EL1, RES1 bit included
    public void CPU_ON_checks_its_target_and_its_entry(ulong target, ulong entry, int answer) => Assert.Equal(answer, On(target, entry, 0));

    [Fact]
    public void The_32_bit_convention_ignores_upper_halves()
    {
        Assert.Equal(0, _psci.Call(0, Psci.CPU_ON, 0xdead_0000_0000_0001, 0xbeef_0000_0000_0000 | Code, 0x1234_5678_9abc_def0));
        Assert.True(_power.TryTakeStart(1, out VcpuStart start));
        Assert.Equal(new VcpuStart(Code, 0x9abc_def0), start);
        Assert.Equal(Psci.INVALID_PARAMETERS, _psci.Call(0, Psci.CPU_ON | Psci.Convention64, 0xdead_00ff_0000_0001, Code, 0));
    }

    [Fact]
    public void AFFINITY_INFO_knows_level_zero_alone()
    {
        Assert.Equal(Psci.INVALID_PARAMETERS, _psci.Call(0, Psci.AFFINITY_INFO, 0, 1, 0));
        Assert.Equal(Psci.INVALID_PARAMETERS, Info(9));
    }

    [Fact]
    public void Of_many_callers_exactly_one_turns_a_vcpu_on()
    {
        for (int round = 0; round < 200; round++)
        {
            int started = 0;
            _power.Started = _ => Interlocked.Increment(ref started);
            int[] answers = new int[4];
            Parallel.For(0, answers.Length, caller => answers[caller] = On(3, Code, (ulong)caller)!.Value);
            Assert.Single(answers, Psci.SUCCESS);
            Assert.Equal(3, answers.Count(answer => answer is Psci.ON_PENDING));
            Assert.Equal(1, started);
            Assert.True(_power.TryTakeStart(3, out VcpuStart start));
            Assert.Equal(Array.IndexOf(answers, Psci.SUCCESS), (int)start.Context);
            _power.TurnOff(3);
        }
    }

    [Fact]
    public void The_last_vcpu_that_goes_off_is_told_of()
    {
        Assert.Null(_psci.Call(0, Psci.CPU_OFF, 0, 0, 0));
        Assert.Equal(["fault 0: the guest turned off its last vCPU"], _events);
    }

    [Fact]
    public void Power_states_make_the_round_trip()
    {
        On(1, Code + 4, 5);
        var snapshot = Supermachine.Testing.FakeSnapshot.Of(_power);
        var restored = new VcpuPower(4);
        restored.Restore(snapshot.Reader.State<VcpuPowerState>());
        Assert.Equal([PowerState.On, PowerState.OnPending, PowerState.Off, PowerState.Off], Enumerable.Range(0, 4).Select(index => restored[index]));
        Assert.True(restored.TryTakeStart(1, out VcpuStart start));
        Assert.Equal(new VcpuStart(Code + 4, 5), start);
        Assert.Throws<InvalidDataException>(() => new VcpuPower(2).Restore(snapshot.Reader.State<VcpuPowerState>()));
        snapshot.Blobs[1][0] = 3;
        Assert.Throws<InvalidDataException>(() => snapshot.Reader.State<VcpuPowerState>());
    }

    void IVcpuEvents.PowerOff() => _events.Add("off");

    void IVcpuEvents.Reset() => _events.Add("reset");

    void IVcpuEvents.Fault(int vcpu, string message, Exception? cause) => _events.Add($"fault {vcpu}: {message}");

    private int? On(ulong target, ulong entry, ulong context) => _psci.Call(0, Psci.CPU_ON | Psci.Convention64, target, entry, context);

    private int? Info(ulong target) => _psci.Call(0, Psci.AFFINITY_INFO | Psci.Convention64, target, 0, 0);
}

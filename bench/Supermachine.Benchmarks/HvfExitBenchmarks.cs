using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Supermachine.Engine.Hvf;
using Supermachine.Runtime;

namespace Supermachine.Benchmarks;

/// <summary>
/// What an exit costs from the framework's return to the next entry: engine, dispatcher, bus and a device that does nothing. The framework
/// is one of a few stores. What it takes itself is measured by the cases named FrameworkAlone, which make the same calls; subtract them.
/// </summary>
[InProcess]
[MemoryDiagnoser]
public unsafe class HvfExitBenchmarks
{
    private const int Repetitions = 10_000;

    private HvApi _api = null!;
    private IPartition _partition = null!;
    private IVcpu _vcpu = null!;
    private ExitDispatcher _dispatcher = null!;
    private VcpuEntry _entry;

    [GlobalSetup(Targets = [nameof(MmioRead), nameof(MmioReadFrameworkAlone)])]
    public void Loads() => Setup(0x93c3_8006); // a load of 8 bytes to X3

    [GlobalSetup(Targets = [nameof(MmioWrite), nameof(MmioWriteFrameworkAlone)])]
    public void Stores() => Setup(0x93c3_8046); // a store of X3

    [GlobalSetup(Targets = [nameof(Hvc), nameof(HvcFrameworkAlone)])]
    public void Calls() => Setup(0x5a00_0000); // HVC #0

    [Benchmark(OperationsPerInvoke = Repetitions)]
    public void MmioRead() => RunEngine();

    [Benchmark(OperationsPerInvoke = Repetitions)]
    public void MmioWrite() => RunEngine();

    [Benchmark(OperationsPerInvoke = Repetitions)]
    public void Hvc() => RunEngine();

    [Benchmark(OperationsPerInvoke = Repetitions)]
    public ulong MmioReadFrameworkAlone()
    {
        ulong pc = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            _ = _api.hv_vcpu_run(1);
            _ = _api.hv_vcpu_set_reg(1, hv_reg_t.HV_REG_X0 + 3, 0);
            _ = _api.hv_vcpu_get_reg(1, hv_reg_t.HV_REG_PC, &pc);
            _ = _api.hv_vcpu_set_reg(1, hv_reg_t.HV_REG_PC, pc + 4);
        }

        return pc;
    }

    [Benchmark(OperationsPerInvoke = Repetitions)]
    public ulong MmioWriteFrameworkAlone()
    {
        ulong pc = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            _ = _api.hv_vcpu_run(1);
            _ = _api.hv_vcpu_get_reg(1, hv_reg_t.HV_REG_X0 + 3, &pc);
            _ = _api.hv_vcpu_get_reg(1, hv_reg_t.HV_REG_PC, &pc);
            _ = _api.hv_vcpu_set_reg(1, hv_reg_t.HV_REG_PC, pc + 4);
        }

        return pc;
    }

    [Benchmark(OperationsPerInvoke = Repetitions)]
    public ulong HvcFrameworkAlone()
    {
        ulong value = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            _ = _api.hv_vcpu_run(1);
            for (uint x = 0; x < 4; x++) _ = _api.hv_vcpu_get_reg(1, hv_reg_t.HV_REG_X0 + x, &value);
            _ = _api.hv_vcpu_set_reg(1, hv_reg_t.HV_REG_X0, value);
        }

        return value;
    }

    private void Setup(uint syndrome)
    {
        IdleFramework.Prepare(syndrome);
        _api = IdleFramework.Create();
        _partition = new HvfEngine(_api, "hvf", new HvfOptions()).CreatePartition(new PartitionOptions(1, new(0x0800_0000), new(0x1000_0000)));
        _vcpu = _partition.CreateVcpu(0);
        _entry = default;
        MmioBus bus = new(TimeProvider.System);
        bus.Add("idle", new(IdleFramework.Device), new IdleDevice(), NullLogger.Instance);
        VcpuPower power = new(1);
        NoEvents events = new();
        _dispatcher = new ExitDispatcher(bus, new Psci(power, _ => true, events), new SystemRegisters(NullLogger.Instance), events);
    }

    private void RunEngine()
    {
        for (int i = 0; i < Repetitions; i++) _entry = _dispatcher.Handle(0, _vcpu, _vcpu.Run(_entry));
    }

    private sealed class IdleDevice : IMmioDevice
    {
        public MmioWindow Window => new(0x1000, AccessWidths.Any);

        public MmioResult Read(uint offset, AccessWidth width, out ulong value)
        {
            value = 0;
            return MmioResult.Ok;
        }

        public MmioResult Write(uint offset, AccessWidth width, ulong value) => MmioResult.Ok;
    }

    private sealed class NoEvents : IVcpuEvents
    {
        public void PowerOff()
        {
        }

        public void Reset()
        {
        }

        public void Fault(int vcpu, string message, Exception? cause) => throw new InvalidOperationException(message, cause);
    }
}

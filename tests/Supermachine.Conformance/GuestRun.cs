using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Supermachine.Runtime;

namespace Supermachine.Conformance;

/// <summary>
/// Runs a guest on an engine, on a board with nothing but RAM, the GIC and a UART, all where QEMU's virt board has them. The vCPUs'
/// threads, PSCI and the bus are the runtime's own.
/// </summary>
internal static class GuestRun
{
    private const ulong RamBase = 0x4000_0000, RamSize = 0x400_0000, LoadAddress = 0x4020_0000, OptionAddress = 0x401F_F000;
    private const ulong DistributorBase = 0x800_0000, RedistributorBase = 0x80A_0000, UartBase = 0x900_0000;

    /// <summary>How many times as long as usual the guests of memory order go on.</summary>
    private static ulong Rounds { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("SUPERMACHINE_LITMUS_ROUNDS"), CultureInfo.InvariantCulture, out ulong rounds) ? rounds : 0;

    /// <summary>Runs to the end and gives what the guest wrote. A guest that does not end is told where it stood.</summary>
    /// <param name="engine">Any engine.</param>
    /// <param name="guest">The name of the file in Guests.</param>
    /// <param name="vcpuCount">How many vCPUs.</param>
    /// <param name="limit">When a guest counts as hung.</param>
    public static string Run(IEngine engine, string guest, int vcpuCount, TimeSpan limit)
    {
        byte[] image = File.ReadAllBytes(GuestFiles.PathOf($"{guest}.bin"));
        using GuestRam ram = GuestRam.Allocate(RamSize);
        using IPartition partition = engine.CreatePartition(new PartitionOptions(vcpuCount, new(DistributorBase), new(RedistributorBase)));
        partition.Map(new(RamBase), ram.Address, RamSize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        // SAFETY: the image is far smaller than the RAM after the load address.
        unsafe
        {
            *(ulong*)((byte*)ram.Address + (OptionAddress - RamBase)) = Rounds;
            image.CopyTo(new Span<byte>((byte*)ram.Address + (LoadAddress - RamBase), image.Length));
        }

        ConformanceUart uart = new();
        MmioBus bus = new(TimeProvider.System);
        bus.Add("uart", new(UartBase), uart, NullLogger.Instance);
        VcpuPower power = new(vcpuCount);
        using VcpuSet vcpus = new(
            new VcpuFactory(partition, engine.Capabilities.CanCaptureVcpu),
            power,
            events => new ExitDispatcher(bus, new Psci(power, IsRam, events), new SystemRegisters(NullLogger.Instance), events),
            NullLogger.Instance);
        vcpus.Create();
        power.Reset(new VcpuStart(LoadAddress, 0));
        using CancellationTokenSource watchdog = new(limit * Math.Max(1, Rounds));
        using CancellationTokenRegistration stop = watchdog.Token.Register(vcpus.Stop);
        MachineOutcome outcome = vcpus.Run(() => { });
        return outcome.Ending == MachineEnding.PoweredOff ? uart.Output : $"{uart.Output}\n{outcome.Ending}: {outcome.Message}{Describe(vcpus, power)}";
    }

    /// <summary>Whether the last line of what a guest wrote says that all its checks held.</summary>
    public static bool HasPassed(string output) => output.TrimEnd().Split('\n')[^1].StartsWith("passed 0x", StringComparison.Ordinal);

    private static bool IsRam(GuestAddress address) => address.Value - RamBase < RamSize;

    private static string Describe(VcpuSet vcpus, VcpuPower power) => string.Concat(vcpus.Threads.Select((thread, index) =>
        thread.Invoke(vcpu => string.Create(
            CultureInfo.InvariantCulture,
            $"\nvCPU {index} {power[index]}: PC 0x{vcpu.ReadRegister(VcpuRegister.PC):x} PSTATE 0x{vcpu.ReadRegister(VcpuRegister.PSTATE):x} X30 0x{vcpu.ReadRegister(VcpuRegister.X30):x} ESR_EL1 0x{vcpu.ReadRegister(VcpuRegister.ESR_EL1):x} FAR_EL1 0x{vcpu.ReadRegister(VcpuRegister.FAR_EL1):x} ELR_EL1 0x{vcpu.ReadRegister(VcpuRegister.ELR_EL1):x}"))));
}

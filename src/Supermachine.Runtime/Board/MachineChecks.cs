using System.Globalization;

namespace Supermachine.Runtime;

/// <summary>Checks settings against what an engine has and what the memory map has room for.</summary>
internal static class MachineChecks
{
    /// <exception cref="ArgumentException">The first thing that does not fit; names the value.</exception>
    public static void Check(EngineCapabilities engine, MachineSettings settings)
    {
        InterruptControllerGeometry gic = engine.InterruptController;
        Require(
            settings.VcpuCount >= 1 && settings.VcpuCount <= engine.MaxVcpus,
            $"a machine has 1 to {engine.MaxVcpus} vCPUs on engine \"{engine.Name}\", {settings.VcpuCount} are asked for");
        Require(
            settings.RamBase == MemoryLayout.LowRamBase || settings.RamBase == MemoryLayout.HighRamBase,
            $"RAM begins at {MemoryLayout.LowRamBase} or {MemoryLayout.HighRamBase}, not at {settings.RamBase}");
        Require(
            settings.Memory.Bytes > 0 && settings.Memory.Bytes % engine.MapGranule == 0,
            $"memory is a multiple of {new ByteSize(engine.MapGranule)} on engine \"{engine.Name}\", {settings.Memory} is not");
        ulong space = engine.AddressBits >= 64 ? ulong.MaxValue : 1UL << engine.AddressBits;
        Require(
            settings.RamBase.Value < space && settings.Memory.Bytes <= space - settings.RamBase.Value,
            $"memory of {settings.Memory} at {settings.RamBase} does not fit in the {engine.AddressBits} address bits of engine \"{engine.Name}\"");
        Require(
            gic.DistributorSize <= MemoryLayout.Serial.Value - MemoryLayout.Distributor.Value
                && gic.RedistributorRegionSize <= MemoryLayout.LowRamBase.Value - MemoryLayout.Redistributors.Value
                && gic.RedistributorSize * (ulong)settings.VcpuCount <= gic.RedistributorRegionSize,
            $"the interrupt controller of engine \"{engine.Name}\" does not fit in the memory map");
        Require(
            MemoryLayout.Distributor.Value % gic.Alignment == 0 && MemoryLayout.Redistributors.Value % gic.Alignment == 0,
            $"the memory map does not have the alignment 0x{gic.Alignment:x} that engine \"{engine.Name}\" wants for its interrupt controller");
    }

    private static void Require(bool condition, FormattableString problem)
    {
        if (!condition) throw new ArgumentException(problem.ToString(CultureInfo.InvariantCulture));
    }
}

using System.Buffers.Binary;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary>A machine of 64 MiB with a program of one instruction, HVC #0, straight on an engine: no board, no runtime.</summary>
internal static class ProofOfLife
{
    private const ulong MemorySize = 64 << 20;
    private const ulong KernelLoadOffset = 0x80000;

    /// <summary>A run may come back for nothing, but not for ever.</summary>
    private const int MostCancellations = 1000;

    /// <summary>HVC #0 (ARM ARM C6.2, HVC).</summary>
    private const uint TestProgram = 0xd4000002;

    // Clear of each other and of RAM, whatever the engine's geometry: HVF claims 32 MiB for redistributors.
    private static readonly GuestAddress Distributor = new(0x0800_0000);
    private static readonly GuestAddress Redistributors = new(0x1000_0000);

    /// <summary>Runs it and tells each step.</summary>
    /// <returns>Whether the guest's HVC came back as one.</returns>
    public static unsafe bool Run(IEngine engine, TextWriter output)
    {
        // The framework by the name that people know it by.
        string name = engine.Capabilities.Name is "hvf" ? "HVF" : engine.Capabilities.Name;
        output.WriteLine($"supermachine: {name} init test");
        GuestAddress ram = MemoryLayout.LowRamBase;
        using IPartition partition = engine.CreatePartition(new PartitionOptions(1, Distributor, Redistributors));
        using GuestRam host = GuestRam.Allocate(MemorySize);
        partition.Map(ram, host.Address, MemorySize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        try
        {
            output.WriteLine($"  VM created, RAM mapped at GPA {ram}, {MemorySize >> 20} MiB");
            // SAFETY: the offset is within the RAM.
            BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>((byte*)host.Address + KernelLoadOffset, sizeof(uint)), TestProgram);
            return RunVcpu(partition, ram + KernelLoadOffset, name, output);
        }
        finally
        {
            partition.Unmap(ram, MemorySize);
        }
    }

    private static bool RunVcpu(IPartition partition, GuestAddress entry, string name, TextWriter output)
    {
        // EL1h with DAIF masked is what a vCPU starts with.
        using IVcpu vcpu = partition.CreateVcpu(0);
        vcpu.WriteRegister(VcpuRegister.PC, entry.Value);
        output.WriteLine($"  PC set to {entry}, CPSR=EL1h (DAIF masked)");
        output.WriteLine("  running vCPU...");
        VcpuExit exit = vcpu.Run(VcpuEntry.Resume);
        for (int i = 0; i < MostCancellations && exit.Kind == VcpuExitKind.Canceled; i++) exit = vcpu.Run(VcpuEntry.Resume);
        output.WriteLine($"  exit: {exit.Kind} immediate=0x{exit.Value:x} PC=0x{vcpu.ReadRegister(VcpuRegister.PC):x}");
        bool passed = exit is { Kind: VcpuExitKind.FirmwareCall, Value: 0 } && vcpu.ReadRegister(VcpuRegister.PC) == entry.Value + sizeof(uint);
        output.WriteLine(passed ? $"  PASS: {name} round-trip working - guest executed HVC #0" : $"  UNEXPECTED exit; {name} probably misconfigured");
        return passed;
    }
}

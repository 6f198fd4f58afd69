namespace Supermachine.Runtime;

/// <summary>The partition and the RAM mapped into it.</summary>
internal sealed class Hardware : IDisposable
{
    private const MemoryProtection All = MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute;

    private readonly GuestAddress _ramBase;
    private readonly GuestRam _ram;

    private Hardware(IPartition partition, GuestMemory memory, GuestAddress ramBase, GuestRam ram)
    {
        (Partition, Memory, _ramBase, _ram) = (partition, memory, ramBase, ram);
        partition.Map(ramBase, ram.Address, ram.Length, All);
        memory.Attach(ramBase, ram);
    }

    public IPartition Partition { get; }

    public GuestMemory Memory { get; }

    public static Hardware Create(IEngine engine, MachineSettings settings, GuestMemory memory)
    {
        GuestRam ram = GuestRam.Allocate(settings.Memory.Bytes);
        IPartition? partition = null;
        try
        {
            partition = engine.CreatePartition(new PartitionOptions(settings.VcpuCount, MemoryLayout.Distributor, MemoryLayout.Redistributors));
            return new Hardware(partition, memory, settings.RamBase, ram);
        }
        catch
        {
            partition?.Dispose();
            ram.Dispose();
            throw;
        }
    }

    /// <summary>Makes RAM zero. Taken out of the guest meanwhile: an engine that translated code or cached pages must notice.</summary>
    public void ClearRam()
    {
        Partition.Unmap(_ramBase, _ram.Length);
        _ram.Clear();
        Partition.Map(_ramBase, _ram.Address, _ram.Length, All);
    }

    /// <summary>After the vCPUs are gone: unmap, end the partition, give back the memory.</summary>
    public void Dispose()
    {
        Memory.Detach();
        Partition.Unmap(_ramBase, _ram.Length);
        Partition.Dispose();
        _ram.Dispose();
    }
}

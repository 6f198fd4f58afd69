using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>The partition and the RAM mapped into it.</summary>
internal sealed class Hardware : IDisposable
{
    // Pages of Apple silicon: a file with RAM at a multiple of it can be mapped on every host.
    private const ulong FileGranule = 0x4000;

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

    /// <summary>
    /// Has RAM be what a file holds, without reading it: pages come from the file when they are used, and what is written stays with this
    /// machine. Whatever RAM was is gone. No vCPU runs, and no device touches memory.
    /// </summary>
    /// <param name="file">Open for reading; can be closed afterwards. Its bytes must not change for as long as the machine is there.</param>
    /// <param name="offset">Where RAM begins in the file, a multiple of 16 KiB.</param>
    /// <exception cref="ArgumentException">The offset is misaligned, or the file ends before RAM does; nothing was changed.</exception>
    /// <exception cref="IOException">The host refuses; the machine can only be disposed of.</exception>
    public void MapRam(SafeFileHandle file, long offset)
    {
        long end = RandomAccess.GetLength(file);
        if (offset < 0 || offset % (long)FileGranule != 0) throw new ArgumentException($"guest RAM cannot be mapped from 0x{offset:x} of a file, which is no multiple of 0x{FileGranule:x}");
        if (offset > end || (ulong)(end - offset) < _ram.Length) throw new ArgumentException($"guest RAM is {new ByteSize(_ram.Length)}, and from 0x{offset:x} the file has 0x{Math.Max(0, end - offset):x} bytes");
        if (Partition is IMemoryReplacement engine)
        {
            engine.Replace(_ramBase, _ram.Length, Put);
            return;
        }

        Partition.Unmap(_ramBase, _ram.Length);
        Put(0, _ram.Length);
        Partition.Map(_ramBase, _ram.Address, _ram.Length, All);

        void Put(ulong at, ulong length) => _ram.MapFile(at, length, file, offset + (long)at);
    }

    /// <summary>After the vCPUs are gone: end the partition and with it the mapping, give back the memory.</summary>
    public void Dispose()
    {
        Memory.Detach();
        Partition.Dispose();
        _ram.Dispose();
    }
}

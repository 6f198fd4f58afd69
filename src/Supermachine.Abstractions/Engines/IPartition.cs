namespace Supermachine;

/// <summary>
/// A guest-physical address space with its interrupt controller and vCPUs. Disposing of it takes back every mapping; doing so with
/// vCPUs still alive is a bug of the caller.
/// </summary>
public interface IPartition : IDisposable
{
    /// <summary>The GICv3.</summary>
    IInterruptController InterruptController { get; }

    /// <summary>Maps host memory into the guest. No vCPU may be inside <see cref="IVcpu.Run"/>.</summary>
    /// <param name="address">A multiple of <see cref="EngineCapabilities.MapGranule"/>.</param>
    /// <param name="host">Host address, page-aligned; stays valid until unmapped.</param>
    /// <param name="length">Bytes, a multiple of the granule.</param>
    /// <param name="protection">What the guest may do with it.</param>
    /// <exception cref="ArgumentException">Misaligned, overlapping another mapping or outside the address space.</exception>
    void Map(GuestAddress address, nint host, ulong length, MemoryProtection protection);

    /// <summary>Takes back exactly one earlier <see cref="Map"/>. No vCPU may be inside <see cref="IVcpu.Run"/>.</summary>
    /// <exception cref="ArgumentException">There is no such mapping.</exception>
    void Unmap(GuestAddress address, ulong length);

    /// <summary>Creates a vCPU at its reset state: EL1h, DAIF masked, MMU off, everything else zero. Call on the thread that will run it.</summary>
    /// <param name="index">0 to the count less one, each once; also the affinity the guest reads in MPIDR_EL1.Aff0.</param>
    IVcpu CreateVcpu(int index);
}

/// <summary>What a guest may do with mapped memory.</summary>
[Flags]
public enum MemoryProtection : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Load.</summary>
    Read = 1,

    /// <summary>Store.</summary>
    Write = 2,

    /// <summary>Fetch instructions.</summary>
    Execute = 4,
}

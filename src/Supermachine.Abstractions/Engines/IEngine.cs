namespace Supermachine;

/// <summary>Something that runs AArch64 code: Hypervisor.framework or the software engine. Any thread may call.</summary>
public interface IEngine
{
    /// <summary>What this engine can do, and the geometry it dictates.</summary>
    EngineCapabilities Capabilities { get; }

    /// <summary>Creates an empty partition: no memory, no vCPU, the interrupt controller in place.</summary>
    /// <exception cref="ArgumentException">The options contradict <see cref="Capabilities"/>; the message names the value.</exception>
    /// <exception cref="InvalidOperationException">The host refuses (no entitlement, another VM in this process, ...).</exception>
    IPartition CreatePartition(PartitionOptions options);
}

/// <summary>What an engine can do.</summary>
/// <param name="Name">As machine files write it: <c>hvf</c>, <c>software</c>, <c>interpreter</c>.</param>
/// <param name="AddressBits">Width of guest-physical addresses.</param>
/// <param name="MaxVcpus">The most vCPUs a partition can have.</param>
/// <param name="MapGranule">Addresses and lengths given to <see cref="IPartition.Map"/> are multiples of this many bytes.</param>
/// <param name="InterruptController">The geometry of its GICv3.</param>
/// <param name="CanCaptureVcpu">Whether <see cref="IVcpu.Capture"/> works.</param>
public sealed record EngineCapabilities(
    string Name,
    int AddressBits,
    int MaxVcpus,
    ulong MapGranule,
    InterruptControllerGeometry InterruptController,
    bool CanCaptureVcpu);

/// <summary>The geometry of an engine's GICv3. Asked, never assumed: HVF claims 32 MiB of redistributors whatever the vCPU count.</summary>
/// <param name="DistributorSize">Bytes.</param>
/// <param name="RedistributorRegionSize">Bytes the whole region occupies; nothing else may lie in it.</param>
/// <param name="RedistributorSize">Bytes of one vCPU's frames.</param>
/// <param name="Alignment">Alignment of both bases, in bytes.</param>
/// <param name="FirstSpi">The lowest INTID that <see cref="IInterruptController.SetSpi"/> takes.</param>
/// <param name="SpiCount">How many follow from there.</param>
public sealed record InterruptControllerGeometry(
    ulong DistributorSize,
    ulong RedistributorRegionSize,
    ulong RedistributorSize,
    ulong Alignment,
    uint FirstSpi,
    uint SpiCount);

/// <summary>What a partition is created with.</summary>
/// <param name="VcpuCount">1 to <see cref="EngineCapabilities.MaxVcpus"/>.</param>
/// <param name="DistributorBase">Where the guest finds GICD.</param>
/// <param name="RedistributorBase">Where the guest finds the GICR of vCPU 0; the others follow.</param>
public sealed record PartitionOptions(int VcpuCount, GuestAddress DistributorBase, GuestAddress RedistributorBase);

namespace Supermachine.Runtime;

/// <summary>
/// Where the boot images go: the kernel where its header says, the device tree above it, the initrd above that. All of it low in
/// RAM, because raw guests often map no more than its first part.
/// </summary>
internal readonly record struct BootPlan(GuestAddress Kernel, GuestAddress DeviceTree, GuestAddress Initrd)
{
    /// <summary>The room for the device tree; Linux takes no larger one.</summary>
    public const ulong DeviceTreeRoom = 0x20_0000;

    // An image without a header says nothing about its zeroed data, which follows it in memory.
    private const ulong RawImageOffset = 0x8_0000;
    private const ulong RawImageSlack = 0x400_0000;
    private const ulong TwoMiB = 0x20_0000;

    /// <exception cref="KernelLoadException">RAM is too small for one of them.</exception>
    public static BootPlan Make(GuestAddress ramBase, ulong ramSize, KernelFile kernel, BootOptions boot, ulong initrdLength)
    {
        ulong offset = kernel.Header?.TextOffset ?? RawImageOffset;
        ulong needed = Math.Max(kernel.Header?.ImageSize ?? 0, kernel.Length);
        if (offset >= ramSize || needed > ramSize - offset)
            throw new KernelLoadException(boot.KernelPath, $"needs {needed} bytes of memory at offset 0x{offset:x}, more than the machine's RAM ({new ByteSize(ramSize)})");

        ulong end = offset + needed;
        ulong slack = kernel.Header is { ImageSize: > 0 } ? 0 : Math.Min(RawImageSlack, (ramSize - end) / 2);
        ulong tree = AlignUp(end + slack, TwoMiB);
        ulong initrd = tree + DeviceTreeRoom;
        if (initrd > ramSize)
            throw new KernelLoadException(boot.KernelPath, $"leaves no room for the device tree in RAM ({new ByteSize(ramSize)}); the machine needs more memory");
        if (initrdLength > ramSize - initrd)
        {
            throw new KernelLoadException(
                boot.InitrdPath ?? "",
                $"does not fit: the initrd has {initrdLength} bytes, and {ramSize - initrd} of the machine's RAM ({new ByteSize(ramSize)}) are left beside the kernel");
        }

        return new BootPlan(ramBase + offset, ramBase + tree, ramBase + initrd);
    }

    private static ulong AlignUp(ulong value, ulong alignment) => (value + alignment - 1) & ~(alignment - 1);
}

using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>What lies in memory when the guest starts.</summary>
internal readonly record struct LoadedImages(
    GuestAddress Entry,
    GuestAddress DeviceTree,
    GuestAddress Initrd,
    ulong InitrdLength,
    string CommandLine);

/// <summary>Puts kernel, initrd and device tree into guest memory.</summary>
internal static class BootLoader
{
    // Linux, arch/arm64/include/uapi/asm/setup.h: COMMAND_LINE_SIZE, terminator included.
    private const int LongestCommandLine = 2047;

    private const ulong WorthAThread = 4 << 20;

    /// <exception cref="KernelLoadException">A file cannot be booted; names it.</exception>
    public static LoadedImages Load(BoardDescription board, GuestMemory memory, BootOptions boot)
    {
        if (boot.CommandLine.Length > LongestCommandLine)
            throw new KernelLoadException(boot.KernelPath, $"the command line has {boot.CommandLine.Length} characters, at most {LongestCommandLine} are taken");
        using KernelFile kernel = KernelFile.Open(boot.KernelPath, board.RamSize);
        using SafeFileHandle? initrd = boot.InitrdPath is { } path ? HostFile.Open(path) : null;
        ulong initrdLength = initrd is null ? 0 : HostFile.Length(boot.InitrdPath!, initrd);
        if (initrd is not null && initrdLength == 0) throw new KernelLoadException(boot.InitrdPath!, "is empty");

        BootPlan plan = BootPlan.Make(board.RamBase, board.RamSize, kernel, boot, initrdLength);
        var images = new LoadedImages(plan.Kernel, plan.DeviceTree, plan.Initrd, initrdLength, boot.CommandLine);
        Memory<byte> place = Place(memory, boot.KernelPath, plan.Kernel, kernel.Length);

        // A kernel of some size is most of what there is to read: another thread reads it meanwhile.
        Task copying = Task.CompletedTask;
        if (kernel.Length >= WorthAThread) copying = Task.Run(() => kernel.CopyTo(place.Span));
        else kernel.CopyTo(place.Span);
        byte[] tree;
        try
        {
            if (initrd is not null) HostFile.ReadExactly(boot.InitrdPath!, initrd, Place(memory, boot.InitrdPath!, plan.Initrd, initrdLength).Span);
            tree = BoardTree.Write(board, images);
        }
        finally
        {
            copying.GetAwaiter().GetResult();
        }

        if ((ulong)tree.Length > BootPlan.DeviceTreeRoom) throw new InvalidOperationException($"the device tree has {tree.Length} bytes, at most {BootPlan.DeviceTreeRoom} fit");
        bool written = memory.TryWrite(plan.DeviceTree, tree);
        Debug.Assert(written, "the plan lies within RAM");
        return images;
    }

    private static Memory<byte> Place(GuestMemory memory, string path, GuestAddress address, ulong length)
    {
        if (length > int.MaxValue || !memory.TryGetMemory(address, (int)length, out Memory<byte> place))
            throw new KernelLoadException(path, $"has {length} bytes, more than can be loaded");
        return place;
    }
}

using Microsoft.Extensions.Logging;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Opens what a device's options name.</summary>
internal static class DiskFactory
{
    /// <summary>Opens the disk and takes its locks.</summary>
    /// <exception cref="IOException">A file is in use or cannot be opened; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is not what it has to be; the message names it.</exception>
    public static IDisk Open(VirtioBlkOptions options, ILogger logger)
    {
        var disk = new FileDisk(options.Path, options.Mode == DiskMode.ReadWrite);
        if (options.Mode != DiskMode.Overlay) return disk;
        try
        {
            ILayer layer = options.OverlayPath is { } path ? new FileLayer(path, disk.Length) : new MemoryLayer(disk.Length);
            WarnOfNewerBase(options, logger);
            return new OverlayDisk(disk, layer);
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>An overlay speaks of the base as it was; a base changed afterwards makes a disk that never existed.</summary>
    private static void WarnOfNewerBase(VirtioBlkOptions options, ILogger logger)
    {
        if (options.OverlayPath is not { } path || File.GetLastWriteTimeUtc(options.Path) <= File.GetCreationTimeUtc(path)) return;
        logger.LogWarning("'{Base}' was changed after its overlay '{Overlay}' was begun; the guest may find the two at odds", options.Path, path);
    }
}

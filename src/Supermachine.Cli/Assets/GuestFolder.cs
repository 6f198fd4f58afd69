namespace Supermachine.Cli.Assets;

/// <summary>The names in a guest's folder of the cache.</summary>
internal static class GuestFolder
{
    /// <summary>The arm64 Image; also the name of the asset.</summary>
    public const string Kernel = "kernel";

    /// <summary>The first file system; also the name of the asset.</summary>
    public const string Initrd = "initrd";

    /// <summary>A disk that nobody writes to, from which machines take their own; also the name of the asset.</summary>
    public const string Disk = "disk.ext4";

    /// <summary>What the initrd is built from.</summary>
    public const string Busybox = "busybox";

    /// <summary>What the initrd is built from.</summary>
    public const string Modules = "modules";
}

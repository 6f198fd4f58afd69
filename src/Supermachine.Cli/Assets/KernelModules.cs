using System.Text;

namespace Supermachine.Cli.Assets;

/// <summary>The modules that our devices need, and the order in which the kernel takes them.</summary>
internal static class KernelModules
{
    private static readonly string[] Wanted =
    [
        "failover", "net_failover", "virtio_ring", "virtio", "virtio_mmio", "virtio_blk", "virtio_net", "virtio_console", "virtio-rng",
        "vsock", "vmw_vsock_virtio_transport_common", "vmw_vsock_virtio_transport", "squashfs", "overlay", "fuse", "virtiofs", "virtio_balloon",
    ];

    private static readonly string[] Suffixes = [".ko", ".ko.xz", ".ko.zst", ".ko.gz"];

    public static bool IsWanted(string path) => Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal)) && Wanted.Contains(NameOf(path));

    /// <summary>Replaces compressed modules by what they hold, with the host's own programs.</summary>
    public static void Decompress(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in Directory.GetFiles(folder).Where(path => !path.EndsWith(".ko", StringComparison.Ordinal)))
        {
            string program = Path.GetExtension(path) switch { ".xz" => "xz", ".zst" => "zstd", _ => "gzip" };
            HostCommand.Pipe(program, ["-d", "-c", path], new HostCommandOptions { Cancellation = cancellation }, output =>
            {
                using FileStream file = File.Create(Path.ChangeExtension(path, null));
                output.CopyTo(file);
            });
            File.Delete(path);
        }
    }

    /// <summary>The modules of a folder, each after those it depends on.</summary>
    /// <exception cref="AssetException">One depends on a module that is not there.</exception>
    public static IReadOnlyList<string> InOrder(string folder)
    {
        var order = new List<string>();
        if (!Directory.Exists(folder)) return order;
        foreach (string name in Wanted.Where(name => File.Exists(PathOf(folder, name)))) Add(folder, name, order);
        return order;
    }

    public static string PathOf(string folder, string name) => Path.Combine(folder, name + ".ko");

    /// <summary>What a module says of itself in its section .modinfo: <c>depends=virtio,virtio_ring</c>.</summary>
    public static IReadOnlyList<string> DependenciesOf(ReadOnlySpan<byte> module)
    {
        int start = module.IndexOf("\0depends="u8);
        if (start < 0) return [];
        ReadOnlySpan<byte> value = module[(start + "\0depends=".Length)..];
        int end = value.IndexOf((byte)0);
        return end <= 0 ? [] : Encoding.ASCII.GetString(value[..end]).Split(',');
    }

    private static void Add(string folder, string name, List<string> order)
    {
        if (order.Contains(name)) return;
        string path = PathOf(folder, name);
        if (!File.Exists(path)) throw new AssetException($"the kernel's modules lack {name}.ko, which another one depends on");
        foreach (string dependency in DependenciesOf(File.ReadAllBytes(path))) Add(folder, dependency, order);
        if (!order.Contains(name)) order.Add(name);
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        return name[..name.IndexOf(".ko", StringComparison.Ordinal)];
    }
}

using System.Text;
using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Assets;

/// <summary>A guest of a few bytes, whose download goes on where it was cut.</summary>
internal sealed class FakeGuestSource : IGuestSource
{
    private int fetches;

    public int Fetches => fetches;

    /// <summary>Whether the next fetch breaks off in the middle, as a process that is killed does.</summary>
    public bool BreaksOff { get; set; }

    public string Kernel { get; set; } = "kernel";

    /// <summary>What an earlier fetch had left for this one.</summary>
    public string? Found { get; private set; }

    public IReadOnlyList<string> Fetch(string target, string scratch, IAssetProgress progress, CancellationToken cancellation)
    {
        Interlocked.Increment(ref fetches);
        string partial = Path.Combine(scratch, "partial");
        Found = File.Exists(partial) ? File.ReadAllText(partial) : null;
        File.WriteAllText(partial, "half");
        File.WriteAllText(Path.Combine(target, GuestFolder.Kernel), Kernel);
        if (BreaksOff) throw new AssetException("cut");
        File.WriteAllBytes(Path.Combine(target, GuestFolder.Busybox), Encoding.ASCII.GetBytes("ELF\0[\0cat\0sh\0"));
        string modules = Directory.CreateDirectory(Path.Combine(target, GuestFolder.Modules)).FullName;
        File.WriteAllText(Path.Combine(modules, "virtio.ko"), "\0depends=virtio_ring\0");
        File.WriteAllText(Path.Combine(modules, "virtio_ring.ko"), "\0depends=\0");
        return ["a fake"];
    }
}

internal sealed class FakeDiskBuilder : IDiskBuilder
{
    public void Build(string path, string scratch, IAssetProgress progress, CancellationToken cancellation)
    {
        using FileStream file = File.Create(path);
        file.SetLength(1 << 20);
        file.Position = 300_000;
        file.Write("data"u8);
    }
}

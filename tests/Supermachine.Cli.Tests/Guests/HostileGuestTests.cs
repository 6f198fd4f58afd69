using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>Nothing a guest does may end, hang or grow the process.</summary>
public sealed class HostileGuestTests : IDisposable
{
    private const int Accesses = 300_000;
    private const long MostMemory = 400L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0x0123456789)]
    [InlineData(0xdeadbeefcafe)]
    public async Task RandomAccessesToEveryWindowAreSurvived(long seed)
    {
        byte[] guest = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Here())!, "random-accesses.bin"));
        BinaryPrimitives.WriteInt64LittleEndian(guest.AsSpan(8), seed);
        BinaryPrimitives.WriteInt64LittleEndian(guest.AsSpan(16), Accesses);
        File.WriteAllBytes(folder["guest"], guest);
        File.WriteAllBytes(folder["disk"], new byte[1 << 20]);
        File.WriteAllText(folder["m.toml"], $"[machine]\nmemory = \"16MiB\"\n[boot]\nkernel = \"guest\"\n[console]\nkind = \"none\"\n{Disk("a", "overlay")}{Disk("b", "read-only")}");

        using Process process = CommandProcess.Start("run", folder["m.toml"]);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        long most = await WatchAsync(process);
        Assert.True(process.ExitCode == 0, $"status {process.ExitCode}\n{await errors}");
        Assert.InRange(most, 1, MostMemory);
        // One line a second for each device at most.
        Assert.InRange((await errors).Split('\n').Length, 1, 2_000);
    }

    private static string Disk(string id, string mode) => $"[[device]]\nid = \"{id}\"\nkind = \"virtio-blk\"\npath = \"disk\"\nmode = \"{mode}\"\n";

    /// <summary>Waits for the end.</summary>
    /// <returns>The most memory that was seen.</returns>
    private static async Task<long> WatchAsync(Process process)
    {
        long most = 0;
        using var limit = new CancellationTokenSource(Patience);
        Task end = process.WaitForExitAsync(limit.Token);
        while (!end.IsCompleted)
        {
            most = Math.Max(most, Memory(process));
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(50)));
        }
        if (end.IsCanceled) process.Kill();
        await end;
        return most;
    }

    private static long Memory(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // it has just ended
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

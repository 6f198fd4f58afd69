using System.Diagnostics;
using System.Text;
using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>Kills the command while the guest writes: the file system's journal must be able to mend what is left, and what was synced must be there.</summary>
public sealed class DiskCrashTests : IDisposable
{
    private const string Synced = "synced ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder folder = new();

    // Small files and large ones, made, renamed and deleted; a line for each round that is safe.
    private const string Script =
        "mkdir /mnt/kept; n=0; while :; do n=$((n+1)); dd if=/dev/urandom of=/mnt/big bs=64k count=16 2>/dev/null; "
        + "for i in 1 2 3 4 5 6 7 8; do echo $n > /mnt/new$i; mv /mnt/new$i /mnt/small$i; done; mkdir /mnt/dir$n; "
        + "[ -d /mnt/dir$((n-3)) ] && rmdir /mnt/dir$((n-3)); echo round $n > /mnt/kept/$n; sync; echo synced $n; done\n";

    public void Dispose() => folder.Dispose();

    [GuestFact]
    public async Task TheJournalMendsADiskWhoseCommandWasKilledWhileTheGuestWrote()
    {
        if (HostCommand.Find("e2fsck") is not { } e2fsck || HostCommand.Find("debugfs") is not { } debugfs) return;
        for (int round = 1; round <= 5; round++)
        {
            string disk = folder[$"disk{round}"];
            SparseFile.Copy(new AssetResolver(AssetCache.Root()).Resolve("debian-arm64/disk.ext4", CancellationToken.None), disk);
            int synced = await WriteUntilKilledAsync(disk, round * 2);
            // 1 says that something was mended, as it should; higher numbers that something could not be.
            (int status, string output) = Check(e2fsck, "-fy", disk);
            Assert.True(status <= 1, output);
            Assert.Contains("recovering journal", output, StringComparison.Ordinal);
            (status, output) = Check(e2fsck, "-fn", disk);
            Assert.True(status == 0, output);
            for (int n = 1; n <= synced; n++) Assert.Equal($"round {n}\n", Check(debugfs, "-R", $"cat /kept/{n}", disk).Output.Split('\n', 2)[1]);
        }
    }

    /// <summary>Lets the guest write some rounds, then kills the command in the middle of the next.</summary>
    /// <returns>The last round that the guest called safe.</returns>
    private static async Task<int> WriteUntilKilledAsync(string disk, int rounds)
    {
        using Process process = CommandProcess.Start("run", "machines/disk.toml", "--set", $"device.disk0.path={disk}");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(Script));
        await process.StandardInput.BaseStream.FlushAsync();
        int synced = 0;
        while (synced < rounds && await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith(Synced, StringComparison.Ordinal)) synced = int.Parse(line.AsSpan(Synced.Length), System.Globalization.CultureInfo.InvariantCulture);
        }
        await Task.Delay(TimeSpan.FromMilliseconds(37 * rounds)); // somewhere in the next round
        process.Kill();
        await process.WaitForExitAsync();
        Assert.True(synced == rounds, await errors);
        return synced;
    }

    private static (int Status, string Output) Check(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors.Result + output);
    }
}

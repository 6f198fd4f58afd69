using System.Text;
using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>Boots Debian's kernel as the machine files do, through the built command.</summary>
public sealed class LinuxTests : IDisposable
{
    private const string Ready = "supermachine: guest ready";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Runs a machine with a script as its piped input; the end of the input powers the guest off.</summary>
    private static async Task<CommandResult> RunAsync(string script, params string[] arguments)
    {
        CommandResult result = await CommandProcess.RunAsync(Encoding.ASCII.GetBytes(script), Patience, ["run", .. arguments]);
        Assert.True(result.Status == 0, $"status {result.Status}\n{result.Output}\n{result.Errors}");
        Assert.Contains(Ready, result.Output, StringComparison.Ordinal);
        return result;
    }

    private static string[] Lines(CommandResult result) => [.. result.Output.Split('\n').Select(line => line.TrimEnd('\r'))];

    [GuestFact]
    public async Task HelloGivesAShellThatIsFedFromAPipe()
    {
        CommandResult result = await RunAsync("uname -m\ncat /mnt/hello.txt\necho $((6 * 7))\necho written > /mnt/new && cat /mnt/new\n", "machines/hello.toml");
        // Nothing but what the script printed: no prompt, no echo.
        string[] lines = Lines(result);
        Assert.StartsWith(Ready, lines[0], StringComparison.Ordinal);
        Assert.Equal(["aarch64", "This file lives on an ext4 disk that supermachine made.", "42", "written"], lines[1..5]);
    }

    [GuestFact]
    public async Task APipeThatStaysOpenIsAnsweredLineByLine()
    {
        using System.Diagnostics.Process process = CommandProcess.Start("run", "machines/hello.toml");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        foreach (string word in (string[])["one", "two"])
        {
            await process.StandardInput.WriteLineAsync($"echo said {word}");
            await process.StandardInput.FlushAsync();
            string? line;
            do line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            while (line?.StartsWith("said", StringComparison.Ordinal) == false);
            Assert.Equal($"said {word}", line?.TrimEnd('\r'));
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await errors);
    }

    [GuestFact]
    public async Task ProofPowersOffByItself()
    {
        CommandResult result = await RunAsync("", "machines/proof.toml");
        Assert.Contains("supermachine: script ended with status 0", Lines(result));
    }

    [GuestFact]
    public Task SmpHasFourProcessorsThatAllWork() => ProcessorsWorkAsync(4);

    [GuestFact]
    public Task EightProcessorsWork() => ProcessorsWorkAsync(8, "--vcpus", "8");

    private static async Task ProcessorsWorkAsync(int count, params string[] more)
    {
        string each = string.Join(' ', Enumerable.Range(1, count));
        CommandResult result = await RunAsync(
            $"nproc\nfor i in {each}; do dd if=/dev/zero bs=64k count=8 2>/dev/null | md5sum > /tmp/$i & done; wait; cat /tmp/? | wc -l; cat /tmp/? | sort -u\n",
            ["machines/smp.toml", .. more]);
        string number = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // The MD5 of half a mebibyte of zeroes, once, from as many workers.
        Assert.Equal([number, number, "59071590099d21dd439896592338bf95  -"], Lines(result)[1..4]);
    }

    [GuestFact]
    public async Task WhatIsWrittenToADiskIsThereAtTheNextBoot()
    {
        string disk = folder["disk"];
        SparseFile.Copy(new AssetResolver(AssetCache.Root()).Resolve("debian-arm64/disk.ext4", CancellationToken.None), disk);
        await RunAsync("echo kept > /mnt/kept; dd if=/dev/urandom of=/mnt/noise bs=64k count=64; sha256sum /mnt/noise > /mnt/sum\npoweroff\n", "machines/disk.toml", "--set", $"device.disk0.path={disk}");
        CheckFileSystem(disk);

        CommandResult result = await RunAsync("cat /mnt/kept; sha256sum -c /mnt/sum\n", "machines/disk.toml", "--set", $"device.disk0.path={disk}");
        Assert.Contains("kept", Lines(result));
        Assert.Contains("/mnt/noise: OK", Lines(result));
        CheckFileSystem(disk);
    }

    private static void CheckFileSystem(string disk)
    {
        if (HostCommand.Find("e2fsck") is not { } e2fsck) return;
        HostCommand.Run(e2fsck, ["-fn", disk], new HostCommandOptions(), _ => { });
    }
}

namespace Supermachine.Cli.Tests.Guests;

/// <summary>The samples' devices in Debian's kernel, as the guide uses them.</summary>
public sealed class SampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Where this build has put a sample.</summary>
    private static string Folder(string sample) =>
        Path.Combine(CommandProcess.Repository, "samples", sample, "bin", Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(CommandProcess.CommandPath))!), "net10.0");

    private static Task<CommandResult> RunAsync(string sample, string file, string script) =>
        CommandProcess.RunAsync(System.Text.Encoding.ASCII.GetBytes(script), Patience, ["run", $"samples/{sample}/{file}", "--set", $"plugins.paths=['{Folder(sample)}']"]);

    [Fact]
    public async Task ThePluginsAreListed()
    {
        CommandResult result = await CommandProcess.RunAsync("plugins", Folder("SmallestDevice"), Folder("SmallestVirtioDevice"));
        Assert.Equal(0, result.Status);
        Assert.Contains("  device tally: Adds up what is written to it, and interrupts at a limit", result.Output, StringComparison.Ordinal);
        Assert.Contains("  device virtio-rng: Gives the guest randomness of the host", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SM02", result.Output, StringComparison.Ordinal);
    }

    [GuestFact]
    public async Task AGuestAddsUpOnTheTally()
    {
        CommandResult result = await RunAsync("SmallestDevice", "tally.toml", "devmem 0x0a000000 32 40; devmem 0x0a000000 32 2; devmem 0x0a000000\n");
        Assert.True(result.Status == 0, result.Errors);
        Assert.Contains("0x0000002A", result.Output, StringComparison.Ordinal);
    }

    [GuestFact]
    public async Task LinuxDrawsRandomnessFromTheSmallestVirtioDevice()
    {
        // 64 KiB of noise do not get smaller.
        const string Script = "cat /sys/class/misc/hw_random/rng_current\nhead -c 65536 /dev/hwrng > /run/noise\n[ $(gzip -c /run/noise | wc -c) -gt 65536 ] && echo noise\n";
        CommandResult result = await RunAsync("SmallestVirtioDevice", "rng.toml", Script);
        Assert.True(result.Status == 0, result.Errors);
        Assert.Contains("virtio_rng.0", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nnoise", result.Output.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}

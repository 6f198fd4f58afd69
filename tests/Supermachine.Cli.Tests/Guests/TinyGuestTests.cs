using System.Diagnostics;
using Supermachine.Cli.Assets;
using Supermachine.Engine.Software;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>The command as a process, with guests that need no kernel.</summary>
public sealed class TinyGuestTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Kernel(byte[] guest)
    {
        File.WriteAllBytes(folder["guest"], guest);
        return folder["guest"];
    }

    private Task<CommandResult> RunAsync(byte[] guest, byte[] input, params string[] more) =>
        CommandProcess.RunAsync(input, Patience, ["run", "--kernel", Kernel(guest), "--memory", "16MiB", .. more]);

    [Fact]
    public async Task PowerOffEndsWithZeroAndTheBannerSaysWhatRan()
    {
        CommandResult result = await RunAsync(TinyGuest.PowerOff, [], "--timings");
        Assert.Equal(0, result.Status);
        Assert.Equal("", result.Output);
        foreach (string line in (string[])["supermachine: kernel boot", $"kernel    : {folder["guest"]}", "memory    : 16 MiB", "vCPU launched (1 total), dispatch loop running", "[timing] restore.build_vmm="])
            Assert.Contains(line, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("software")]
    [InlineData("interpreter")]
    public async Task EngineStatsPrintWhatTheEngineCounted(string engine)
    {
        CommandResult result = await RunAsync(TinyGuest.PowerOff, [], "--engine-stats", "--engine", engine);
        Assert.Equal(0, result.Status);
        Assert.Matches(@"\[engine\] execution\n( +[0-9,]+  .*\n)* +[1-9][0-9,]*  exits\n", result.Errors);
        Assert.DoesNotMatch(" 0  ", result.Errors);
    }

    [Fact]
    public async Task EngineStatsNameWhatTranslatedCodeLeftToTheInterpreter()
    {
        if (SoftwareEngine.TranslationRefusal is not null) return;
        CommandResult result = await RunAsync(TinyGuest.Echo, new byte[100], "--engine-stats");
        Assert.Equal(0, result.Status);
        Assert.Matches(@"\[engine\] translation\n +[1-9][0-9,]*  blocks\n", result.Errors);
        Assert.Matches(@"\[engine\] interpreted: slow path\n( +[0-9,]+  .*\n)* +[1-9][0-9,]*  LDR, STR, PRFM \(immediate\)\n", result.Errors);
    }

    [Fact]
    public async Task EngineVerifyComparesAndSaysWhetherItDid()
    {
        string translated = SoftwareEngine.TranslationRefusal is null ? @"\[engine\] verification\n +[1-9][0-9,]*  blocks compared\n" : "nothing was verified";
        CommandResult result = await RunAsync(TinyGuest.Echo, [1, 2, 3], "--engine-verify");
        Assert.Equal((0, "\u0001\u0002\u0003"), (result.Status, result.Output));
        Assert.Matches(translated, result.Errors);
        result = await RunAsync(TinyGuest.Echo, [], "--engine-verify", "--engine", "interpreter");
        Assert.Equal(0, result.Status);
        Assert.Contains("nothing was verified", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingFromAPipeIsLost()
    {
        byte[] input = new byte[10_000];
        new Random(1).NextBytes(input);
        input.AsSpan().Replace((byte)4, (byte)5);
        CommandResult result = await RunAsync(TinyGuest.Echo, input);
        Assert.Equal(0, result.Status);
        Assert.Equal(input, result.OutputBytes);
    }

    [Fact]
    public async Task AResetThatThePolicyRefusesEndsWithAMessage()
    {
        CommandResult result = await RunAsync(TinyGuest.SayAndReset("hello\n"), [], "--set", "machine.on_reset=exit");
        Assert.Equal((1, "hello\n"), (result.Status, result.Output));
        Assert.Contains("asked for a reset", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APanicThatResetsEndsWithThree()
    {
        CommandResult result = await RunAsync(TinyGuest.SayAndReset("[ 1.0] Kernel panic - not syncing: VFS\r\n"), [], "--set", "machine.on_reset=exit");
        Assert.Equal(3, result.Status);
        Assert.Contains("panicked", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APanicThatStandsStillEndsWithThree()
    {
        CommandResult result = await RunAsync(TinyGuest.SayAndHang("Kernel panic - not syncing: x\r\n---[ end Kernel panic - not syncing: x ]---\r\n"), []);
        Assert.Equal(3, result.Status);
        Assert.Contains("panicked", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("file")]
    public async Task APanicIsSeenWhereverTheConsoleGoes(string console)
    {
        File.WriteAllText(folder["m.toml"], $"[machine]\nmemory = \"16MiB\"\n[boot]\nkernel = \"guest\"\n[console]\nkind = \"{console}\"\n{(console == "file" ? "path = \"out\"\n" : "")}");
        Kernel(TinyGuest.SayAndHang("---[ end Kernel panic - not syncing: x ]---\r\n"));
        CommandResult result = await CommandProcess.RunAsync([], Patience, "run", folder["m.toml"]);
        Assert.Equal(3, result.Status);
        Assert.Contains("panicked", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASignalStopsTheMachineInOrder()
    {
        using Process process = CommandProcess.Start("run", "--kernel", Kernel(TinyGuest.SayAndHang("running\n")), "--memory", "16MiB");
        Assert.Equal("running", await process.StandardOutput.ReadLineAsync());
        HostCommand.Run("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)], new HostCommandOptions(), _ => { });
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("was stopped: SIGTERM", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATerminalIsRawWhileTheGuestRunsAndIsPutBack()
    {
        // util-linux gives a terminal; macOS's program of that name has other options.
        if (!OperatingSystem.IsLinux() || HostCommand.Find("script") is not { } script) return;
        string commands = $"stty -a; '{CommandProcess.Host}' exec '{CommandProcess.CommandPath}' run --kernel '{Kernel(TinyGuest.Echo)}' --memory 16MiB; echo status $?; stty -a";
        File.WriteAllText(folder["commands"], commands);
        var start = new ProcessStartInfo(script, ["-qec", $"sh {folder["commands"]}", "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            output.Add(line.TrimEnd('\r'));
            if (!line.Contains("dispatch loop", StringComparison.Ordinal)) continue;
            // Ctrl-C is the guest's, Ctrl-A a a Ctrl-A; the echo shows both. Ctrl-A x leaves.
            await process.StandardInput.WriteAsync("ab\u0003\u0001ac\n");
            await process.StandardInput.FlushAsync();
            string? echoed = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.Equal("ab\u0003\u0001c", echoed);
            await process.StandardInput.WriteAsync("\u0001x");
            await process.StandardInput.FlushAsync();
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        string all = string.Join('\n', output);
        Assert.Contains("left with Ctrl-A x", all, StringComparison.Ordinal);
        Assert.Contains("status 1", all, StringComparison.Ordinal);
        int half = output.FindIndex(line => line.StartsWith("supermachine: kernel boot", StringComparison.Ordinal));
        int end = output.FindIndex(line => line == "status 1");
        Assert.Equal(output[..half], output[(end + 1)..]);
    }
}

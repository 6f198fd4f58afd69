using System.Globalization;
using System.Text;
using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>
/// Boots every machine of the repository on the HVF engine over the simulated framework, in modes that contradict one another. A machine
/// has to do its work, and no rule may be broken.
/// </summary>
public sealed class SimulatorMachineTests : IDisposable
{
    /// <summary>To any value: every machine with one to four vCPUs in every mode, which takes a quarter of an hour.</summary>
    private const string AllVariable = "SUPERMACHINE_SIMULATOR_MATRIX";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly string[] Machines = ["proof", "hello", "disk", "smp"];

    // The random ones differ from run to run; a failure has the seed in its name.
    private static readonly string[] Modes =
    [
        "", "macos-15", "macos-27", "lax-unmap", "wfi-exits", "gic-exits", "vtimer-exits", "lost-timers", "cancels", "small-gic", "reset", "audit",
        "geometry,seed=1", "geometry,seed=2", "errors,seed=1", "strict,seed=1", "strict,macos-15,seed=2", "strict,macos-27,lax-unmap,seed=3",
        AnyMode(), AnyMode(), AnyMode(),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Each machine and each number of vCPUs at the least once, and each mode that a machine can tell from another.</summary>
    public static TheoryData<string, string, int> Some => new()
    {
        { "proof", "", 1 },
        { "hello", "", 2 },
        { "disk", "", 3 },
        { "smp", "", 4 },
        { "proof", "strict,seed=1", 4 },
        { "hello", "strict,macos-15,seed=2", 3 },
        { "disk", "strict,seed=3", 1 },
        { "smp", "strict,macos-27,lax-unmap,seed=4", 2 },
        { "hello", "macos-15,wfi-exits,lax-unmap", 4 },
        { "smp", "gic-exits,vtimer-exits,cancels", 4 },
        { "smp", "lost-timers,seed=1", 4 },
        { "disk", "wfi-exits,lost-timers,seed=2", 2 },
        { "disk", AnyMode(), 2 },
    };

    /// <summary>What to boot: some of it, or all.</summary>
    public static TheoryData<string, string, int> Matrix => Environment.GetEnvironmentVariable(AllVariable) is null ? Some : All();

    public void Dispose() => _folder.Dispose();

    [GuestTheory]
    [MemberData(nameof(Matrix))]
    public async Task BootsAndWorks(string machine, string modes, int vcpus)
    {
        string count = vcpus.ToString(CultureInfo.InvariantCulture);
        string disk = _folder["disk"];
        string[] arguments = ["run", $"machines/{machine}.toml", "--engine", $"hvf-simulator:{modes}", "--vcpus", count];
        if (machine == "disk")
        {
            SparseFile.Copy(new AssetResolver(AssetCache.Root()).Resolve("debian-arm64/disk.ext4", CancellationToken.None), disk);
            arguments = [.. arguments, "--set", $"device.disk0.path={disk}"];
        }

        CommandResult result = await CommandProcess.RunAsync(Encoding.ASCII.GetBytes(Script(machine)), Patience, arguments);

        Assert.True(result.Status == 0, $"status {result.Status}\n{result.Output}\n{result.Errors}");
        Assert.DoesNotContain("(rule ", result.Errors, StringComparison.Ordinal);
        string[] lines = [.. result.Output.Split('\n').Select(line => line.TrimEnd('\r'))];
        Assert.StartsWith("supermachine: guest ready", lines[0], StringComparison.Ordinal);
        Assert.Equal(Said(machine, count), lines[1..(1 + Said(machine, count).Length)]);
        if (machine == "disk" && HostCommand.Find("e2fsck") is { } e2fsck) HostCommand.Run(e2fsck, ["-fn", disk], new HostCommandOptions(), _ => { });
    }

    /// <summary>What is typed into a machine.</summary>
    private static string Script(string machine) => machine switch
    {
        "hello" => "nproc; cat /mnt/hello.txt\n",
        "disk" => "dd if=/dev/zero of=/mnt/zeroes bs=64k count=32 2>/dev/null; sync; md5sum < /mnt/zeroes\npoweroff\n",
        "smp" => "for i in 1 2 3 4; do dd if=/dev/zero bs=64k count=8 2>/dev/null | md5sum > /tmp/$i & done; wait; nproc; sort -u /tmp/?\n",
        _ => "",
    };

    /// <summary>What it says after it is up. The sums are MD5's of two mebibytes and of half of one, all zeroes.</summary>
    private static string[] Said(string machine, string vcpus) => machine switch
    {
        "hello" => [vcpus, "This file lives on an ext4 disk that supermachine made."],
        "disk" => ["b2d1236c286a3c0704224fe4105eca49  -"],
        "smp" => [vcpus, "59071590099d21dd439896592338bf95  -"],
        _ => ["supermachine: script ended with status 0"],
    };

    private static TheoryData<string, string, int> All()
    {
        TheoryData<string, string, int> all = [];
        foreach (string modes in Modes)
            foreach (string machine in Machines)
                for (int vcpus = 1; vcpus <= 4; vcpus++) all.Add(machine, modes, vcpus);
        return all;
    }

    private static string AnyMode() => string.Create(CultureInfo.InvariantCulture, $"random={new Random().Next(10_000)}");
}

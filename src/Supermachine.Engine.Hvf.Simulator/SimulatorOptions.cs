using System.Globalization;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// How the simulated framework behaves where macOS versions differ, or where nobody has measured what Apple's does: a caller has to
/// work with every answer. As text these are words with commas between them.
/// </summary>
public sealed record SimulatorOptions
{
    /// <summary>Everything that makes a caller's life hard.</summary>
    public static SimulatorOptions Strictest { get; } = new SimulatorOptions().Hardened();

    private static readonly Dictionary<string, Func<SimulatorOptions, SimulatorOptions>> Words = new(StringComparer.Ordinal)
    {
        ["macos-14"] = options => options with { SystemVersion = new(14, 0) },
        ["macos-15"] = options => options with { SystemVersion = new(15, 0) },
        ["macos-26"] = options => options with { SystemVersion = new(26, 0) },
        ["macos-27"] = options => options with { SystemVersion = new(27, 0) },
        ["lax-unmap"] = options => options with { LaxUnmap = true },
        ["wfi-exits"] = options => options with { WaitExits = true },
        ["gic-exits"] = options => options with { GicExits = true },
        ["vtimer-exits"] = options => options with { TimerExits = true },
        ["lost-timers"] = options => options with { LostTimers = true },
        ["cancels"] = options => options with { SpuriousCancels = true },
        ["geometry"] = options => options with { VariedGeometry = true },
        ["small-gic"] = options => options with { SmallGic = true },
        ["errors"] = options => options with { VariedErrors = true },
        ["reset"] = options => options with { VariedReset = true },
        ["audit"] = options => options with { Audit = true },
        ["unsigned"] = options => options with { IsEntitled = false },
        ["strict"] = options => options.Hardened(),
    };

    /// <summary>The macOS that is simulated: which functions and registers there are.</summary>
    public Version SystemVersion { get; init; } = new(26, 0);

    /// <summary>Whether the program has the entitlement. Without it hv_vm_create is denied.</summary>
    public bool IsEntitled { get; init; } = true;

    /// <summary>hv_vm_unmap takes any range, mapped or not, instead of exactly an earlier mapping.</summary>
    public bool LaxUnmap { get; init; }

    /// <summary>WFI ends a run although there is a GIC, instead of waiting inside it.</summary>
    public bool WaitExits { get; init; }

    /// <summary>Accesses to GICD and GICR end a run although there is a GIC, instead of being answered inside.</summary>
    public bool GicExits { get; init; }

    /// <summary>The virtual timer ends a run, masked, although there is a GIC.</summary>
    public bool TimerExits { get; init; }

    /// <summary>The virtual timer at times neither ends a WFI nor pends when it fires, until it is unmasked.</summary>
    public bool LostTimers { get; init; }

    /// <summary>Runs end for nothing at times.</summary>
    public bool SpuriousCancels { get; init; }

    /// <summary>Sizes, alignments, ranges and address bits are others than on the machines that were looked at.</summary>
    public bool VariedGeometry { get; init; }

    /// <summary>The redistributor region has room for the vCPUs that there can be and no more, so that QEMU's memory map fits around it.</summary>
    public bool SmallGic { get; init; }

    /// <summary>Calls whose error is not known fail with one or another.</summary>
    public bool VariedErrors { get; init; }

    /// <summary>Registers whose first value is not known begin with something.</summary>
    public bool VariedReset { get; init; }

    /// <summary>The host memory under mappings is looked at before every run, instead of now and then.</summary>
    public bool Audit { get; init; }

    /// <summary>What everything random follows from.</summary>
    public int Seed { get; init; }

    /// <summary>A choice of modes that follows from a seed.</summary>
    public static SimulatorOptions Random(int seed)
    {
        Random random = new(seed);
        int[] versions = [15, 26, 27];
        return new SimulatorOptions
        {
            SystemVersion = new(versions[random.Next(versions.Length)], 0),
            LaxUnmap = Toss(),
            WaitExits = Toss(),
            GicExits = Toss(),
            TimerExits = Toss(),
            SpuriousCancels = Toss(),
            VariedGeometry = Toss(),
            VariedErrors = Toss(),
            VariedReset = Toss(),
            Audit = Toss(),
            LostTimers = Toss(),
            Seed = seed,
        };

        bool Toss() => random.Next(2) == 1;
    }

    /// <summary>Reads words such as <c>wfi-exits,macos-15,seed=7</c>. They take effect in their order; <c>random=7</c> chooses all of them.</summary>
    /// <exception cref="FormatException">An unknown word; the message names it and those there are.</exception>
    public static SimulatorOptions Parse(string words)
    {
        SimulatorOptions options = new();
        foreach (string word in words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TryReadNumber(word, "seed=", out int seed)) options = options with { Seed = seed };
            else if (TryReadNumber(word, "random=", out seed)) options = Random(seed);
            else if (Words.TryGetValue(word, out Func<SimulatorOptions, SimulatorOptions>? apply)) options = apply(options);
            else throw new FormatException($"the simulator of Hypervisor.framework has no mode \"{word}\"; there are {string.Join(", ", Words.Keys)}, seed=NUMBER and random=NUMBER");
        }

        return options;
    }

    private SimulatorOptions Hardened() => this with
    {
        WaitExits = true,
        GicExits = true,
        TimerExits = true,
        SpuriousCancels = true,
        VariedGeometry = true,
        VariedErrors = true,
        VariedReset = true,
        Audit = true,
    };

    private static bool TryReadNumber(string word, string key, out int number)
    {
        number = 0;
        return word.StartsWith(key, StringComparison.Ordinal)
            && int.TryParse(word.AsSpan(key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf;

/// <summary>What the engine has to know of the host before it touches the framework.</summary>
/// <param name="IsMacOS">Whether this is macOS.</param>
/// <param name="Architecture">Of the process: under Rosetta it is x64, with another framework.</param>
/// <param name="Version">Of the system.</param>
/// <param name="AllowsHypervisors">Asks <c>kern.hv_support</c>.</param>
internal sealed record HvfHost(bool IsMacOS, Architecture Architecture, Version Version, Func<bool> AllowsHypervisors)
{
    /// <summary>This host.</summary>
    public static HvfHost Here { get; } = new(
        OperatingSystem.IsMacOS(),
        RuntimeInformation.ProcessArchitecture,
        Environment.OSVersion.Version,
        () => AllowsHypervisor(HvApi.OfFramework()));

    /// <summary>What keeps the engine from working, as the end of a sentence; null when nothing does.</summary>
    public string? WhyUnavailable()
    {
        string needs = $"it needs macOS {HvApi.OldestSystem.Major} or later on Apple silicon";
        if (!IsMacOS) return needs;
        if (Architecture != Architecture.Arm64) return $"{needs}, and this is an {Architecture} program: run the arm64 one";
        if (Version < HvApi.OldestSystem) return $"{needs}, and this is macOS {Version}";
        try
        {
            return AllowsHypervisors() ? null : "the system does not allow hypervisors (sysctl kern.hv_support is 0)";
        }
        catch (PlatformNotSupportedException missing)
        {
            return missing.Message;
        }
    }

    /// <summary>Asks <c>kern.hv_support</c>, which is 0 inside most virtual machines.</summary>
    internal static unsafe bool AllowsHypervisor(HvApi api)
    {
        int value = 0;
        nuint length = sizeof(int);
        // SAFETY: the name ends in a zero byte, and the answer is an int.
        fixed (byte* name = "kern.hv_support\0"u8) return api.sysctlbyname(name, &value, &length, null, 0) == 0 && value != 0;
    }
}

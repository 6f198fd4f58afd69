using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>
/// A framework of tables: it keeps what it is given, answers as told, and writes down every call that changes something. There is one, as
/// there is one VM in a process; tests that use it are of one collection, and each begins with <see cref="Reset"/>.
/// </summary>
internal static partial class FakeFramework
{
    private static readonly Dictionary<string, nint> Entries = typeof(FakeFramework)
        .GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
        .Where(method => method.IsDefined(typeof(System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute)))
        .ToDictionary(method => method.Name, method => method.MethodHandle.GetFunctionPointer());

    /// <summary>The calls in their order, those that only read left out.</summary>
    public static List<string> Log { get; } = [];

    /// <summary>What calls return instead of doing their work.</summary>
    public static Dictionary<string, hv_return_t> Refusals { get; } = [];

    public static List<FakeVcpu> Vcpus { get; } = [];

    public static HashSet<nint> Objects { get; } = [];

    public static Dictionary<hv_gic_distributor_reg_t, ulong> Gicd { get; } = [];

    public static Dictionary<uint, bool> Lines { get; } = [];

    public static bool HasVm { get; set; }

    public static bool GeometryNeedsVm { get; set; }

    public static ulong Now { get; set; }

    public static byte[]? Blob { get; set; }

    /// <summary>What hv_gic_set_state does to the registers.</summary>
    public static Action<byte[]>? TakeBlob { get; set; }

    public static HashSet<hv_sys_reg_t> UnknownSystemRegisters { get; } = [];

    public static HashSet<hv_sys_reg_t> FixedSystemRegisters { get; } = [];

    /// <summary>Has the SIMD setter take something else than it is given.</summary>
    public static bool LosesVectors { get; set; }

    public static int HypervisorSupport { get; set; } = 1;

    /// <summary>Changes a vCPU as it is created.</summary>
    public static Action<FakeVcpu>? Prepare { get; set; }

    /// <summary>Off for tests that count what is allocated.</summary>
    public static bool IsLogging { get; set; } = true;

    public static HvApi Reset(string version = "15.3.1")
    {
        Log.Clear();
        Refusals.Clear();
        Vcpus.Clear();
        Objects.Clear();
        Gicd.Clear();
        Lines.Clear();
        UnknownSystemRegisters.Clear();
        FixedSystemRegisters.Clear();
        (HasVm, GeometryNeedsVm, LosesVectors, Now, Blob, TakeBlob, HypervisorSupport, IsLogging, Prepare) = (false, false, false, 1_000_000, [1, 2, 3], null, 1, true, null);
        Gicd[hv_gic_distributor_reg_t.HV_GIC_DISTRIBUTOR_REG_GICD_TYPER] = 31;
        Gicd[hv_gic_distributor_reg_t.HV_GIC_DISTRIBUTOR_REG_GICD_CTLR] = 0x50;
        return HvApi.Fill(Version.Parse(version), (name, _) => Entries.GetValueOrDefault(name, 1));
    }

    /// <summary>An engine on the framework as it is after a <see cref="Reset"/>.</summary>
    public static HvfEngine Engine(HvfOptions? options = null, string version = "15.3.1", ILogger? logger = null) => new(Reset(version), "hvf", options ?? new HvfOptions(), logger);

    private static hv_return_t Do(string call, ArgumentText arguments = default)
    {
        if (IsLogging) Log.Add(arguments.Text is { } text ? $"{call} {text}" : call);
        return Refusals.GetValueOrDefault(call, hv_return_t.HV_SUCCESS);
    }

    private static bool Refuses(string call, out hv_return_t result) => Refusals.TryGetValue(call, out result);

    private static nint NewObject()
    {
        nint created = 0x1000 + Objects.Count;
        Objects.Add(created);
        return created;
    }

    private static FakeVcpu Vcpu(ulong id) => Vcpus[(int)id - 1];
}

/// <summary>The arguments of a call, which become text only while calls are written down.</summary>
[System.Runtime.CompilerServices.InterpolatedStringHandler]
internal readonly ref struct ArgumentText
{
    private readonly System.Text.StringBuilder? _text;

    public ArgumentText(int literals, int holes, out bool wanted)
    {
        wanted = FakeFramework.IsLogging;
        _text = wanted ? new System.Text.StringBuilder(literals + (holes * 16)) : null;
    }

    public string? Text => _text?.ToString();

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value, string? format = null) =>
        _text!.Append(value is IFormattable formattable ? formattable.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString());
}

using System.Reflection;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf;

/// <summary>
/// Every entry point of Hypervisor.framework, under Apple's name and with its exact type: <c>bool</c> is one byte, <c>size_t</c> is
/// <c>nuint</c>, objects are <c>nint</c> and are let go with <c>os_release</c>. Filled once, then read by any thread. An entry that this macOS
/// does not have is null; <see cref="Require"/> says so in words. <c>eng/hypervisor</c> lists the same in C.
/// </summary>
internal sealed unsafe partial class HvApi
{
    /// <summary>The oldest macOS that has everything the engine needs: the GIC came with it.</summary>
    public static readonly Version OldestSystem = new(15, 0);

    private const string Framework = "/System/Library/Frameworks/Hypervisor.framework/Hypervisor";
    private const string SystemLibrary = "/usr/lib/libSystem.B.dylib";

    /// <param name="systemVersion">See <see cref="SystemVersion"/>.</param>
    public HvApi(Version systemVersion) => SystemVersion = systemVersion;

    /// <summary>The version of macOS that the entries are of.</summary>
    public Version SystemVersion { get; }

    /// <summary>Fills a table from this host's framework.</summary>
    /// <exception cref="PlatformNotSupportedException">The framework is not here or too old; the message says what is missing.</exception>
    public static HvApi OfFramework()
    {
        if (!NativeLibrary.TryLoad(Framework, out nint framework)) throw new PlatformNotSupportedException($"this host has no {Framework}");
        nint system = NativeLibrary.Load(SystemLibrary);
        return Fill(Environment.OSVersion.Version, (name, ofSystem) => NativeLibrary.TryGetExport(ofSystem ? system : framework, name, out nint address) ? address : 0);
    }

    /// <summary>Fills a table.</summary>
    /// <param name="systemVersion">The macOS that the symbols are of.</param>
    /// <param name="find">Gives the address of a symbol of the framework, or of libSystem; zero where there is none.</param>
    /// <exception cref="PlatformNotSupportedException">A symbol of <see cref="OldestSystem"/> is missing.</exception>
    public static HvApi Fill(Version systemVersion, Func<string, bool, nint> find)
    {
        HvApi api = new(systemVersion);
        foreach (FieldInfo entry in Entries)
        {
            nint address = find(entry.Name, entry.IsDefined(typeof(LibSystemAttribute)));
            if (address == 0 && Since(entry) <= OldestSystem)
                throw new PlatformNotSupportedException($"Hypervisor.framework has no {entry.Name}: macOS {OldestSystem} or later is needed, this is {systemVersion}");
            entry.SetValue(api, address);
        }

        return api;
    }

    /// <summary>Throws in words where this macOS lacks an entry that came after <see cref="OldestSystem"/>.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="PlatformNotSupportedException">The entry is null.</exception>
    public void Require(void* entry, string name)
    {
        if (entry != null) return;
        Version since = Since(typeof(HvApi).GetField(name)!);
        throw new PlatformNotSupportedException($"{name} needs macOS {since} or later, this is {SystemVersion}");
    }

    /// <summary>Lets an object of the framework go; none is none.</summary>
    public void Release(nint held)
    {
        if (held != 0) os_release((void*)held);
    }

    /// <summary>The entries of the table.</summary>
    public static IEnumerable<FieldInfo> Entries => typeof(HvApi).GetFields(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>The macOS an entry came with; <see cref="OldestSystem"/> for all that are older.</summary>
    public static Version Since(FieldInfo entry) => entry.GetCustomAttribute<MacOSAttribute>()?.Version ?? OldestSystem;

    /// <summary>Marks an entry that came with a macOS after <see cref="OldestSystem"/>.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    private sealed class MacOSAttribute(int major, int minor) : Attribute
    {
        public Version Version { get; } = new(major, minor);
    }

    /// <summary>Marks an entry that is of libSystem.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    private sealed class LibSystemAttribute : Attribute;
}

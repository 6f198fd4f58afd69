using System.Reflection;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>The table against what is written down of Apple's headers, entry by entry.</summary>
public sealed unsafe class HvApiTests
{
    /// <summary>C's types that are not structures or enumerations of the framework, as the table writes them.</summary>
    private static readonly Dictionary<string, Type> Plain = new()
    {
        ["void"] = typeof(void), ["bool"] = typeof(byte), ["char"] = typeof(byte), ["uint8_t"] = typeof(byte), ["uint16_t"] = typeof(ushort),
        ["int"] = typeof(int), ["int32_t"] = typeof(int), ["uint32_t"] = typeof(uint), ["uint64_t"] = typeof(ulong), ["size_t"] = typeof(nuint),
        ["hv_vcpu_t"] = typeof(ulong), ["hv_ipa_t"] = typeof(ulong),
        ["hv_vm_config_t"] = typeof(nint), ["hv_vcpu_config_t"] = typeof(nint), ["hv_gic_config_t"] = typeof(nint), ["hv_gic_state_t"] = typeof(nint),
    };

    public static TheoryData<string> Prototypes => [.. WrittenDown.Prototypes.Select(prototype => prototype.Name)];

    public static TheoryData<string> Constants => [.. WrittenDown.Constants.Select(group => group.Name)];

    public static TheoryData<string> Structures => [.. WrittenDown.Structures.Select(group => group.Name)];

    [Theory]
    [MemberData(nameof(Prototypes))]
    public void An_entry_has_the_type_of_its_prototype(string name)
    {
        WrittenDown.Prototype prototype = WrittenDown.Prototypes.Single(prototype => prototype.Name == name);
        FieldInfo entry = typeof(HvApi).GetField(name)!;

        Assert.True(entry.FieldType.IsUnmanagedFunctionPointer);
        Assert.Equal(TypeOf(prototype.Returns), entry.FieldType.GetFunctionPointerReturnType());
        Assert.Equal(prototype.Parameters.Select(TypeOf), entry.FieldType.GetFunctionPointerParameterTypes());
        Assert.Equal(prototype.Since > HvApi.OldestSystem ? prototype.Since : HvApi.OldestSystem, HvApi.Since(entry));
    }

    [Fact]
    public void Every_entry_is_written_down() =>
        Assert.Equal(WrittenDown.Prototypes.Select(prototype => prototype.Name).Order(), HvApi.Entries.Select(entry => entry.Name).Order());

    [Theory]
    [MemberData(nameof(Constants))]
    public void An_enumeration_has_the_values_of_its_constants(string name)
    {
        WrittenDown.Group group = WrittenDown.Constants.Single(group => group.Name == name);
        Type type = FrameworkType(name);
        Assert.Equal(TypeOf(group.Head[1]), Enum.GetUnderlyingType(type));
        Dictionary<string, long> here = Enum.GetNames(type).ToDictionary(member => member, member => Convert.ToInt64(Enum.Parse(type, member), null) & uint.MaxValue);

        // Of a numbered register the enumeration has the first, and the code computes the others.
        Assert.Equal(group.Lines.Select(line => WrittenDown.Expand(line).First()).ToDictionary(constant => constant.Name, constant => constant.Value & uint.MaxValue), here);
    }

    [Fact]
    public void Numbered_registers_are_computed_from_the_first()
    {
        Dictionary<string, long> all = WrittenDown.Constants.SelectMany(group => group.Lines).SelectMany(WrittenDown.Expand).ToDictionary(constant => constant.Name, constant => constant.Value);

        Assert.Equal(30, all["HV_REG_X30"]);
        Assert.Equal(0x807f, all["HV_SYS_REG_DBGWCR15_EL1"]);
        Assert.Equal(0x7fd8, all["HV_GIC_DISTRIBUTOR_REG_GICD_IROUTER1019"]);
        Assert.Equal(0x7f8, all["HV_GIC_DISTRIBUTOR_REG_GICD_IPRIORITYR254"]);
        Assert.Equal(1534, all.Keys.Count(name => name.StartsWith("HV_GIC_DISTRIBUTOR_REG", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_structure_has_its_size_and_offsets(string name)
    {
        WrittenDown.Group group = WrittenDown.Structures.Single(group => group.Name == name);
        Type type = FrameworkType(name);

        Assert.Equal(WrittenDown.Number(group.Head[1]), Marshal.SizeOf(type));
        foreach (string[] field in group.Lines)
        {
            Assert.Equal(WrittenDown.Number(field[1]), (long)Marshal.OffsetOf(type, field[0]));
            Assert.Equal(TypeOf(field[2]), type.GetField(field[0])!.FieldType);
        }
    }

    [Fact]
    public void A_table_of_an_old_system_is_refused()
    {
        var refused = Assert.Throws<PlatformNotSupportedException>(() => HvApi.Fill(new Version(14, 7), (name, _) => name.StartsWith("hv_gic", StringComparison.Ordinal) ? 0 : 1));

        Assert.Equal("Hypervisor.framework has no hv_gic_get_distributor_size: macOS 15.0 or later is needed, this is 14.7", refused.Message);
    }

    [Fact]
    public void What_came_later_may_be_missing_and_is_told_when_needed()
    {
        HashSet<string> ofSystem = [];
        HvApi api = HvApi.Fill(new Version(15, 0), Find);

        Assert.Equal(["mach_absolute_time", "mach_timebase_info", "os_release", "sys_icache_invalidate", "sysctlbyname"], ofSystem.Order());
        Assert.True(api.hv_vcpu_run != null);
        Assert.True(api.hv_vcpu_get_sme_state == null);
        api.Require(api.hv_vcpu_run, nameof(api.hv_vcpu_run));
        var refused = Assert.Throws<PlatformNotSupportedException>(() => api.Require(api.hv_vcpu_get_sme_state, nameof(api.hv_vcpu_get_sme_state)));
        Assert.Equal("hv_vcpu_get_sme_state needs macOS 15.2 or later, this is 15.0", refused.Message);

        nint Find(string name, bool system)
        {
            if (system) ofSystem.Add(name);
            return HvApi.Since(typeof(HvApi).GetField(name)!) > new Version(15, 0) ? 0 : 0x1000;
        }
    }

    [Fact]
    public void Elsewhere_there_is_no_framework()
    {
        if (OperatingSystem.IsMacOS()) return;

        Assert.Contains("Hypervisor.framework", Assert.Throws<PlatformNotSupportedException>(HvApi.OfFramework).Message, StringComparison.Ordinal);
    }

    private static Type TypeOf(string c)
    {
        string name = c.Replace("const ", "", StringComparison.Ordinal).Trim();
        if (name.EndsWith('*')) return TypeOf(name[..^1]).MakePointerType();
        return Plain.TryGetValue(name, out Type? plain) ? plain : FrameworkType(name);
    }

    private static Type FrameworkType(string name) => typeof(HvApi).Assembly.GetType($"Supermachine.Engine.Hvf.{name}", throwOnError: true)!;
}

using System.Reflection;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>The table and the simulator are about the same functions.</summary>
public sealed class ExportTests
{
    public static TheoryData<string> Entries => [.. HvApi.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Every_entry_has_a_function_of_its_type(string name)
    {
        Type pointer = typeof(HvApi).GetField(name)!.FieldType;
        MethodInfo method = Exports.Method(name);
        Assert.Equal(Width(pointer.GetFunctionPointerReturnType()), Width(method.ReturnType));
        Type[] expected = pointer.GetFunctionPointerParameterTypes(), actual = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        Assert.Equal(expected.Select(Width), actual.Select(Width));
    }

    [Fact]
    public void Every_rule_has_a_test_of_its_name()
    {
        string[] tests = [.. typeof(ExportTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => method.Name)];
        SimulatorRule[] rules = Enum.GetValues<SimulatorRule>();
        Assert.Equal(40, rules.Length);
        Assert.All(rules, rule => Assert.Contains($"Rule{(int)rule:00}_{rule}", tests));
    }

    /// <summary>Bytes in an argument, where fewer than four are extended to four.</summary>
    private static int Width(Type type)
    {
        if (type == typeof(void)) return 0;
        if (type.IsPointer || type == typeof(nint) || type == typeof(nuint)) return 8;
        return Math.Max(4, Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type));
    }
}

using System.Reflection;
using System.Text.RegularExpressions;

namespace Supermachine.Runtime.Tests;

/// <summary>The reference of the machine file, held against what the runtime does: every key is known, has the default it says, and does something.</summary>
public sealed partial class DocumentedKeyTests : IDisposable
{
    private const string File = """
        [boot]
        kernel = "kernel"

        [[device]]
        id   = "disk0"
        kind = "fixture-sample"
        path = "kernel"
        """;

    /// <summary>The tables that are bound to a class.</summary>
    private static readonly Dictionary<string, Type> Sections = new()
    {
        ["machine"] = typeof(MachineSection),
        ["plugins"] = typeof(PluginsSection),
        ["boot"] = typeof(BootSection),
        ["endpoint"] = typeof(EndpointSection),
        ["snapshot"] = typeof(SnapshotSection),
        ["restore"] = typeof(RestoreSection),
        ["pool"] = typeof(PoolSection),
    };

    private readonly TestRuntime runtime = new();

    public DocumentedKeyTests()
    {
        foreach (string file in new[] { "kernel", "kernel2", "initrd" }) runtime.Write(file);
        Directory.CreateDirectory(Path.Combine(runtime.Folder, "more-plugins"));
    }

    public static IEnumerable<object[]> Keys => Documented.Select(k => new object[] { k.Table, k.Key });

    private static List<(string Table, string Key, string Default, string Example)> Documented { get; } = ReadReference();

    public void Dispose() => runtime.Dispose();

    [Fact]
    public void Every_table_and_every_key_is_documented()
    {
        Assert.Equal(MachineDefinitionBuilder.Tables.Order(), Documented.Select(k => k.Table).Distinct().Order());
        foreach ((string table, Type section) in Sections)
            Assert.Equal(OptionsSchema.KeysOf(section).Keys.Order(), Documented.Where(k => k.Table == table).Select(k => k.Key).Except(MachineDefinitionBuilder.PartKeys).Order());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_documented_default_is_the_real_one(string table, string key)
    {
        string documented = Documented.Single(k => k.Table == table && k.Key == key).Default;
        if (!Sections.TryGetValue(table, out Type? section) || !OptionsSchema.KeysOf(section).TryGetValue(key, out PropertyInfo? property))
        {
            Assert.True(documented is "required" or "none");
            return;
        }

        object options = Activator.CreateInstance(section)!;
        if (OptionsSchema.IsMissing(property, options)) Assert.Equal("required", documented);
        else Assert.Equal(property.GetValue(options) is { } value ? ValueReader.Format(value) : "none", documented);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_documented_key_has_an_effect_or_is_refused(string table, string key)
    {
        string example = Documented.Single(k => k.Table == table && k.Key == key).Example;
        MachineDefinition with = runtime.Read(Add(File, table, $"{key} = {example}"));
        string[] said = await runtime.Check(with);
        Assert.DoesNotContain(said, line => line.Contains("SM0101", StringComparison.Ordinal) || line.Contains("SM0103", StringComparison.Ordinal));

        if (said.Length > 0) Assert.Contains(said, line => IsRefusal(line, table));
        else Assert.NotEqual(await Describe(runtime.Read(File)), await Describe(with));
    }

    private static bool IsRefusal(string line, string table) => table switch
    {
        "machine" => line.Contains("SM0302: [machine]: engine \"hvf\" is not available", StringComparison.Ordinal),
        "device" => line.Contains("SM0303: device \"disk1\": the disk is on fire", StringComparison.Ordinal),
        "endpoint" => line.Contains("SM0301: endpoint ", StringComparison.Ordinal) || line.Contains("SM0102: endpoint ", StringComparison.Ordinal),
        _ => line.Contains($"SM0301: [{table}]", StringComparison.Ordinal),
    };

    /// <summary>The file with one more key, in a table of its own where a part is described.</summary>
    private static string Add(string file, string table, string line)
    {
        string part = table switch
        {
            "device" when line.StartsWith("id", StringComparison.Ordinal) => "kind = \"fixture-sample\"\npath = \"kernel\"\n",
            "device" => "id = \"disk1\"\n",
            "endpoint" => string.Concat(new[] { "id = \"http\"\n", "kind = \"fixture-door\"\n" }.Where(l => l.Split(' ')[0] != line.Split(' ')[0])),
            "snapshot" when !line.StartsWith("path", StringComparison.Ordinal) => "path = \"x\"\n",
            "restore" when !line.StartsWith("from", StringComparison.Ordinal) => "from = \"kernel\"\n",
            _ => "",
        };
        if (table != "boot") return $"{file}\n{(table is "device" or "endpoint" ? $"[[{table}]]" : $"[{table}]")}\n{part}{line}\n";
        return line.StartsWith("kernel", StringComparison.Ordinal) ? file.Replace("kernel = \"kernel\"", line, StringComparison.Ordinal) : file.Replace("[boot]", $"[boot]\n{line}", StringComparison.Ordinal);
    }

    private async Task<string> Describe(MachineDefinition definition) => (await runtime.Get<MachineDescriber>().DescribeAsync(definition)).ToString();

    private static List<(string Table, string Key, string Default, string Example)> ReadReference()
    {
        List<(string, string, string, string)> keys = [];
        string table = "";
        foreach (string line in System.IO.File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "machine-file.md")))
        {
            if (line.StartsWith("## [", StringComparison.Ordinal)) table = line[3..].Trim('[', ']');
            else if (Row().Match(line) is { Success: true } row) keys.Add((table, row.Groups[1].Value, row.Groups[2].Value.Trim('`'), row.Groups[3].Value));
        }

        return keys;
    }

    [GeneratedRegex(@"^\| `(\w+)` \|.*\| ([^|]+) \| `([^|]+)` \|$")]
    private static partial Regex Row();
}

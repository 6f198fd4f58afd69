using System.Globalization;
using System.Text;

namespace Supermachine.Runtime;

/// <summary>A machine as it would be composed, with every default filled in.</summary>
/// <param name="Tables">Every table of the definition, the parts among them.</param>
/// <param name="Layout">The memory map with the interrupt numbers.</param>
/// <param name="Plugins">The plugins that are loaded for it.</param>
public sealed record MachineDescription(IReadOnlyList<DescribedTable> Tables, MemoryLayout Layout, IReadOnlyList<PluginInfo> Plugins)
{
    /// <summary>The machine as TOML: the definition with its defaults, then what the board made of it.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (DescribedTable table in Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"{table.Header}{(table.Plugin is null ? "" : $"  # from {table.Plugin}")}\n");
            AppendKeys(text, table.Keys);
        }

        text.Append("[memory_map]\n");
        AppendKeys(text, [.. Layout.Regions.Select(Describe)]);
        if (Plugins.Count > 0) text.Append("[plugins_in_use]\n");
        if (Plugins.Count > 0) AppendKeys(text, [.. Plugins.Select(p => KeyValuePair.Create($"\"{p.Name}\"", $"{{ version = \"{p.Version}\", path = {ValueReader.Format(p.Path)} }}"))]);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static KeyValuePair<string, string> Describe(MemoryRegion region)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"address = 0x{region.Address.Value:x8}, size = 0x{region.Size:x}");
        string interrupts = string.Join(", ", region.Interrupts.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Label} = {i.Intid}")));
        return KeyValuePair.Create(region.Name, interrupts.Length == 0 ? $"{{ {range} }}" : $"{{ {range}, interrupts = {{ {interrupts} }} }}");
    }

    private static void AppendKeys(StringBuilder text, IReadOnlyList<KeyValuePair<string, string>> keys)
    {
        int width = keys.Count == 0 ? 0 : keys.Max(k => k.Key.Length);
        foreach ((string key, string value) in keys) text.Append(CultureInfo.InvariantCulture, $"{key.PadRight(width)} = {value}\n");
        text.Append('\n');
    }
}

/// <summary>A table of a described machine.</summary>
/// <param name="Header">As the file writes it: <c>[boot]</c>, <c>[[device]]</c>.</param>
/// <param name="Keys">Every key with its value as TOML.</param>
/// <param name="Plugin">The plugin that provides the part's kind; null for tables of the runtime.</param>
public sealed record DescribedTable(string Header, IReadOnlyList<KeyValuePair<string, string>> Keys, string? Plugin = null);

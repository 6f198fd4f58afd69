using System.Text;

namespace Supermachine.Runtime;

/// <summary>Reads machine definitions from files and from the command line. Never throws for what a person wrote: the definition says what is wrong with it.</summary>
/// <param name="assets">Knows the assets that definitions may name.</param>
public sealed class MachineDefinitionReader(IAssetResolver assets)
{
    /// <summary>Reads a file and the overrides of the command line.</summary>
    /// <param name="file">The file; null when the overrides say everything.</param>
    /// <param name="overrides">Merged in this order before anything is checked. Their relative paths start from the current folder.</param>
    public MachineDefinition Read(string? file, params IReadOnlyList<DefinitionOverride> overrides)
    {
        if (file is null) return Build(null, new SourceTable(SourcePlace.CommandLine(Environment.CurrentDirectory)), overrides, new());
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        try
        {
            return ReadText(Content(file), file, folder, overrides);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DiagnosticBag diagnostics = new();
            SourcePlace place = SourcePlace.WholeFile(file, folder);
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            diagnostics.Error(DiagnosticCodes.Unreadable, place, $"the machine file cannot be read: {reason}");
            return MachineDefinitionBuilder.Empty(file, new SourceTable(place), diagnostics);
        }
    }

    /// <summary>Reads a definition from a text.</summary>
    /// <param name="text">TOML.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="folder">Where its relative paths start from.</param>
    /// <param name="overrides">Merged in this order before anything is checked.</param>
    public MachineDefinition ReadText(string text, string file, string folder, params IReadOnlyList<DefinitionOverride> overrides)
    {
        DiagnosticBag diagnostics = new();
        SourceTable source = TomlSource.Read(text, file, folder, diagnostics);
        return diagnostics.HasErrors ? MachineDefinitionBuilder.Empty(file, source, diagnostics) : Build(file, source, overrides, diagnostics);
    }

    // Not by a stream where it is UTF-8, which begins with neither of the two: one file is not worth the use of three readers.
    private static string Content(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        return bytes is [0xFE or 0xFF, ..] ? File.ReadAllText(file) : Encoding.UTF8.GetString(bytes);
    }

    private MachineDefinition Build(string? file, SourceTable source, IReadOnlyList<DefinitionOverride> overrides, DiagnosticBag diagnostics)
    {
        OverrideMerger merger = new(source, diagnostics);
        for (int i = 0; i < overrides.Count; i++) merger.Merge(overrides[i], SourcePlace.Override(overrides[i].Key, i, Environment.CurrentDirectory));
        return new MachineDefinitionBuilder(source, new OptionsBinder(diagnostics, assets), diagnostics).Build(file);
    }
}

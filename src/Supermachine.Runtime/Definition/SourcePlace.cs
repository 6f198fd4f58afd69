namespace Supermachine.Runtime;

/// <summary>Where something of a machine definition was written: a position in a file, or a <c>--set</c> of the command line.</summary>
public sealed record SourcePlace
{
    private SourcePlace(string? file, int line, int column, string? setKey, int order, string folder) =>
        (File, Line, Column, SetKey, Order, Folder) = (file, line, column, setKey, order, folder);

    /// <summary>The file, as the person named it; null for an override.</summary>
    public string? File { get; }

    /// <summary>The line, from 1; 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>The column in characters, from 1; 0 when the whole file is meant.</summary>
    public int Column { get; }

    /// <summary>The dotted key of an override; null for a position in a file.</summary>
    public string? SetKey { get; }

    /// <summary>The place of an override among the overrides, so that messages keep the order of the command line.</summary>
    internal int Order { get; }

    /// <summary>The folder that relative paths written here start from: the file's, or the person's own for an override.</summary>
    internal string Folder { get; }

    /// <summary>The place as a message starts with it: <c>machines/dev.toml(14,9)</c> or <c>--set boot.kernel</c>.</summary>
    public override string ToString() => this switch
    {
        { SetKey: { } key } => $"--set {key}",
        { Line: > 0 } => $"{File}({Line},{Column})",
        { File: { } file } => file,
        _ => "command line",
    };

    internal static SourcePlace InFile(string file, int line, int column, string folder) => new(file, line, column, null, 0, folder);

    internal static SourcePlace WholeFile(string file, string folder) => new(file, 0, 0, null, 0, folder);

    internal static SourcePlace Override(string key, int order, string folder) => new(null, 0, 0, key, order, folder);

    /// <summary>The place of a definition that has no file at all.</summary>
    internal static SourcePlace CommandLine(string folder) => new(null, 0, 0, null, -1, folder);
}

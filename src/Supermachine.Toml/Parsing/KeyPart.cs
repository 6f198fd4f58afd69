namespace Supermachine.Toml;

/// <summary>One part of a dotted key: its name, and where it is written (quotes included).</summary>
internal readonly record struct KeyPart(string Name, int Start, int End);

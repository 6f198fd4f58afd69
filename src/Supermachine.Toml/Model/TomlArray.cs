using System.Collections.ObjectModel;

namespace Supermachine.Toml;

/// <summary>An array written as a value, <c>[1, 2]</c>. Its items are of the types that <see cref="TomlTable"/> lists, mixed as written.</summary>
public sealed class TomlArray : Collection<object?>;

using System.Collections.ObjectModel;

namespace Supermachine.Toml;

/// <summary>An array of tables written with headers, <c>[[device]]</c>. Inline tables in an array are a <see cref="TomlArray"/>.</summary>
public sealed class TomlTableArray : Collection<TomlTable>;

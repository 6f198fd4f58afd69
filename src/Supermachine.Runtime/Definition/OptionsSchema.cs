using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Supermachine.Runtime;

/// <summary>The keys that an options class takes: its public writable properties, in snake case.</summary>
internal static class OptionsSchema
{
    /// <summary>The keys of a type with their properties, in the order of declaration.</summary>
    /// <exception cref="InvalidOperationException">A property has a type that no key can have.</exception>
    public static OrderedDictionary<string, PropertyInfo> KeysOf(Type options)
    {
        OrderedDictionary<string, PropertyInfo> keys = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true }) continue;
            if (!ValueReader.Supports(property.PropertyType))
                throw new InvalidOperationException($"option {options.Name}.{property.Name} has type {property.PropertyType.Name}, which no key of a machine file can have");
            keys[Key(property.Name)] = property;
        }

        return keys;
    }

    /// <summary>The key of a property.</summary>
    public static string Key(string property) => WordCase.Lower(property, '_');

    /// <summary>Whether a key has to be there: it is required, and has no default that would do.</summary>
    public static bool IsMissing(PropertyInfo property, object options) =>
        property.GetCustomAttribute<RequiredAttribute>() is { } required && !required.IsValid(property.GetValue(options));

    /// <summary>Every key with its value, as TOML.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(object options) =>
        KeysOf(options.GetType()).Where(pair => pair.Value.GetValue(options) is not null)
            .Select(pair => KeyValuePair.Create(pair.Key, ValueReader.Format(pair.Value.GetValue(options))));
}

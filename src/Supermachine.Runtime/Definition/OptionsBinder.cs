using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Supermachine.Runtime;

/// <summary>
/// Binds a table of a machine definition to an options class: snake_case keys to properties, then DataAnnotations. Says
/// everything that is wrong, at the key where it is wrong.
/// </summary>
internal sealed class OptionsBinder(DiagnosticBag diagnostics, IAssetResolver assets)
{
    /// <summary>Binds a table.</summary>
    /// <param name="type">The options class.</param>
    /// <param name="table">The part's table.</param>
    /// <param name="label">The part, as messages name it: <c>device "disk0"</c>.</param>
    /// <param name="reserved">Keys that belong to the runtime.</param>
    /// <returns>The options, with defaults in place of what was wrong.</returns>
    public object Bind(Type type, SourceTable table, string label, params ReadOnlySpan<string> reserved)
    {
        object options = Activator.CreateInstance(type)!;
        OrderedDictionary<string, PropertyInfo> keys = OptionsSchema.KeysOf(type);
        ReportUnknown(table, label, keys, reserved);
        HashSet<string> bad = [];
        foreach ((string key, PropertyInfo property) in keys)
        {
            if (reserved.Contains(key)) continue;
            if (table[key] is { } entry)
            {
                if (!Set(options, property, entry, $"{label}: {key}")) bad.Add(key);
            }
            else if (OptionsSchema.IsMissing(property, options))
            {
                bad.Add(key);
                diagnostics.Error(DiagnosticCodes.MissingKey, table.Place, $"{label}: key \"{key}\" is missing");
            }
        }

        foreach ((string key, PropertyInfo property) in keys)
        {
            if (!bad.Contains(key)) Validate(options, key, property, table, label);
        }

        if (options is IValidatableObject whole) ValidateWhole(whole, bad, table, label);
        return options;
    }

    /// <summary>Reports a failure that names its key, or the whole part.</summary>
    public void Fail(string failure, IEnumerable<string> keys, SourceTable table, string label)
    {
        string? key = keys.FirstOrDefault(k => failure.StartsWith(k, StringComparison.Ordinal) && !IsWordCharacter(failure, k.Length));
        diagnostics.Error(DiagnosticCodes.Refused, key is null ? table.Place : table[key]?.Place ?? table.Place, $"{label}: {failure}");
    }

    private static bool IsWordCharacter(string text, int index) => index < text.Length && (char.IsAsciiLetterOrDigit(text[index]) || text[index] == '_');

    private void ReportUnknown(SourceTable table, string label, OrderedDictionary<string, PropertyInfo> keys, ReadOnlySpan<string> reserved)
    {
        foreach ((string key, SourceEntry entry) in table.Entries)
        {
            if (keys.ContainsKey(key) || reserved.Contains(key)) continue;
            string[] known = [.. keys.Keys, .. reserved];
            diagnostics.Error(DiagnosticCodes.UnknownKey, entry.Place, $"{label}: unknown key \"{key}\"{NearestWord.Hint(key, known, "keys")}");
        }
    }

    private bool Set(object options, PropertyInfo property, SourceEntry entry, string label)
    {
        object? value = ValueReader.Read(entry.Value, property.PropertyType, out ValueProblem? problem);
        if (problem is { } wrong)
        {
            // A message about the key stands at the key, one about an element of its array at the element.
            SourcePlace place = ReferenceEquals(wrong.Place, entry.Value.Place) ? entry.Place : wrong.Place ?? entry.Place;
            diagnostics.Error(wrong.Code, place, $"{label} {wrong.Text}");
            return false;
        }

        if (property.GetCustomAttribute<HostPathAttribute>() is { } path) value = Paths(value!, path, entry, label);
        if (value is not null) property.SetValue(options, value);
        return value is not null;
    }

    private object? Paths(object value, HostPathAttribute rule, SourceEntry entry, string label)
    {
        if (value is string path) return Resolve(path, rule, entry, label);
        string?[] paths = [.. ((IEnumerable<string>)value).Select(p => Resolve(p, rule, entry, label))];
        return paths.Contains(null) ? null : paths;
    }

    /// <summary>The full path of an option; null after a diagnostic.</summary>
    private string? Resolve(string path, HostPathAttribute rule, SourceEntry entry, string label)
    {
        if (path.Length == 0) return Refuse(DiagnosticCodes.Refused, " must not be empty");
        if (HostPaths.AssetOf(path) is { } asset)
            return assets.IsKnown(asset) ? path : Refuse(DiagnosticCodes.UnknownAsset, $": no asset is called \"{asset}\"{NearestWord.Hint(asset, assets.Known, "assets")}");
        string full = HostPaths.FullPath(path, entry.Value.Place);
        if (!rule.MustExist || File.Exists(full) || Directory.Exists(full)) return full;
        return Refuse(DiagnosticCodes.MissingFile, $": there is no file or folder \"{HostPaths.Shown(path, entry.Place)}\"");

        string? Refuse(string code, string what)
        {
            diagnostics.Error(code, entry.Place, $"{label}{what}");
            return null;
        }
    }

    private void Validate(object options, string key, PropertyInfo property, SourceTable table, string label)
    {
        object? value = property.GetValue(options);
        ValidationContext context = new(options) { MemberName = property.Name, DisplayName = key };
        foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (rule.GetValidationResult(value, context) is not { } failure || failure == ValidationResult.Success) continue;
            diagnostics.Error(DiagnosticCodes.Refused, table[key]?.Place ?? table.Place, $"{label}: {Phrase(rule, failure, key, value)}");
        }
    }

    private void ValidateWhole(IValidatableObject whole, HashSet<string> bad, SourceTable table, string label)
    {
        foreach (ValidationResult failure in whole.Validate(new ValidationContext(whole)))
        {
            string[] keys = [.. failure.MemberNames.Select(OptionsSchema.Key)];

            // A key that could not be read has its default now: what is said about that is not what the person wrote.
            if (keys.Any(bad.Contains)) continue;
            SourcePlace? place = keys.Select(key => table[key]?.Place).FirstOrDefault(p => p is not null);
            diagnostics.Error(DiagnosticCodes.Refused, place ?? table.Place, $"{label}: {failure.ErrorMessage}");
        }
    }

    private static string Phrase(ValidationAttribute rule, ValidationResult failure, string key, object? value)
    {
        string text = rule switch
        {
            { ErrorMessage: not null } or { ErrorMessageResourceName: not null } => failure.ErrorMessage ?? $"{key} is not valid",
            RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{key} must be between {range.Minimum} and {range.Maximum}"),
            RequiredAttribute => $"{key} must not be empty",
            _ => (failure.ErrorMessage ?? $"{key} is not valid").TrimEnd('.'),
        };
        return text.Contains(", was ", StringComparison.Ordinal) || value is null ? text : $"{text}, was {ValueReader.Format(value)}";
    }
}

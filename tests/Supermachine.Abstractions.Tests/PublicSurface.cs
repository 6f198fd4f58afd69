using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Supermachine.Abstractions.Tests;

/// <summary>Writes down what an assembly shows to others, one line per type and member, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string sort = type switch
        {
            { IsEnum: true } => $"enum : {Name(Enum.GetUnderlyingType(type))}",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        string[] parents = [.. new[] { type.BaseType }.Where(b => b is not null && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) && b != typeof(MulticastDelegate)).Concat(type.IsEnum || type.IsSubclassOf(typeof(Delegate)) ? [] : type.GetInterfaces()).Select(t => Name(t!)).Order(StringComparer.Ordinal)];
        return $"{type.Namespace}.{Name(type)}  ({sort}){(parents.Length == 0 ? "" : $" : {string.Join(", ", parents)}")}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToUInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture):d3} {name}"));
        if (type.IsSubclassOf(typeof(Delegate))) return [Describe(type.GetMethod("Invoke")!)!];
        return type.GetMembers(Declared).Select(Describe).OfType<string>();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo c when IsVisible(c) => $"{Access(c)}new({Parameters(c)})",
        MethodInfo { IsSpecialName: false } m when IsVisible(m) && !m.Name.Contains('<', StringComparison.Ordinal) && !m.Name.Contains('.', StringComparison.Ordinal) => Method(m),
        MethodInfo { IsSpecialName: true } m when IsVisible(m) && m.Name.StartsWith("op_", StringComparison.Ordinal) => Method(m),
        PropertyInfo p when p.GetMethod is { } get && IsVisible(get) => $"{Access(get)}{Modifiers(get)}{Name(p.PropertyType)}{Mark(Nullability.Create(p).ReadState)} {p.Name} {{ get;{Setter(p)} }}",
        FieldInfo f when f.IsPublic || f.IsFamily => $"{(f.IsStatic ? "static " : "")}{Name(f.FieldType)} {f.Name}",
        EventInfo e => $"event {Name(e.EventHandlerType!)} {e.Name}",
        _ => null,
    };

    private static string Method(MethodInfo m) =>
        $"{Access(m)}{Modifiers(m)}{Name(m.ReturnType)}{Mark(Nullability.Create(m.ReturnParameter).ReadState)} {m.Name}{Generics(m.GetGenericArguments())}({Parameters(m)}){Constraints(m.GetGenericArguments())}";

    private static string Setter(PropertyInfo p)
    {
        if (p.SetMethod is not { } set || !IsVisible(set)) return "";
        return set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p)
    {
        string mode = p.IsOut ? "out " : p.ParameterType.IsByRef ? (p.IsIn ? "in " : "ref ") : p.IsDefined(typeof(ParamArrayAttribute)) || p.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        Type type = p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType;
        return $"{mode}{Name(type)}{Mark(Nullability.Create(p).WriteState)} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "default"}" : "")}";
    }

    private static string Modifiers(MethodBase m) =>
        (m.IsStatic ? "static " : "") + (m.IsAbstract ? "abstract " : m.IsVirtual && !m.IsFinal ? "virtual " : "");

    private static string Access(MethodBase m) => m.IsPublic ? "" : "protected ";

    private static bool IsVisible(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Mark(NullabilityState state) => state is NullabilityState.Nullable ? "?" : "";

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";

    private static string Constraints(Type[] arguments) =>
        string.Concat(arguments.Where(a => a.IsGenericParameter && (a.GetGenericParameterConstraints().Length > 0 || a.GenericParameterAttributes != 0))
            .Select(a => $" where {a.Name} : {string.Join(", ", [.. a.GetGenericParameterConstraints().Select(Name), a.GenericParameterAttributes.ToString()])}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } plain) return $"{Name(plain)}?";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}{Generics(type.GetGenericArguments())}" : type.Name;
    }
}

using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Supermachine.Runtime;

/// <summary>What an assembly's metadata says, read without loading it.</summary>
internal sealed record PluginMetadata(string Name, string Version, IReadOnlyList<(string Name, Version Version)> References, string? EntryType, IReadOnlyList<PluginKind> Kinds)
{
    private const string ContractsNamespace = "Supermachine";

    public bool IsPlugin => EntryType is not null;

    /// <summary>Reads an assembly; null when the file is not a managed assembly.</summary>
    public static PluginMetadata? TryRead(string path)
    {
        try
        {
            using PEReader image = new(File.OpenRead(path));
            return image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } metadata ? Read(metadata) : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static PluginMetadata Read(MetadataReader metadata)
    {
        AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
        string version = assembly.Version.ToString();
        string? entry = null;
        List<PluginKind> kinds = [];
        foreach (CustomAttribute attribute in assembly.GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            (string space, string name) = TypeOf(metadata, attribute);
            if (space == "System.Reflection" && name == "AssemblyInformationalVersionAttribute") version = ((string)Decode(attribute).FixedArguments[0].Value!).Split('+')[0];
            if (space != ContractsNamespace) continue;
            if (name == nameof(SupermachinePluginAttribute)) entry = ((string)Decode(attribute).FixedArguments[0].Value!).Split(',')[0];
            if (name == nameof(ProvidesKindAttribute)) kinds.Add(Kind(Decode(attribute)));
        }

        List<(string, Version)> references = [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(r => (metadata.GetString(r.Name), r.Version))];
        return new PluginMetadata(metadata.GetString(assembly.Name), version, references, entry, kinds);
    }

    private static PluginKind Kind(CustomAttributeValue<string> value) =>
        new((PartKind)(int)value.FixedArguments[0].Value!, (string)value.FixedArguments[1].Value!, value.NamedArguments.FirstOrDefault(a => a.Name == nameof(ProvidesKindAttribute.Summary)).Value as string ?? "");

    private static CustomAttributeValue<string> Decode(CustomAttribute attribute) => attribute.DecodeValue(TypeNames.Instance);

    private static (string Namespace, string Name) TypeOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind is not HandleKind.MemberReference) return default;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind is not HandleKind.TypeReference) return default;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    /// <summary>Types by their names: all that decoding these attributes needs. Every enum in them is an int, as <see cref="PartKind"/> is.</summary>
    private sealed class TypeNames : ICustomAttributeTypeProvider<string>
    {
        public static readonly TypeNames Instance = new();

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSystemType() => "System.Type";

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = reader.GetTypeReference(handle);
            return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        }

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => type == "System.Type";
    }
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Supermachine.Runtime;

/// <summary>What an assembly's metadata says, read without loading it.</summary>
/// <param name="Path">The assembly's file.</param>
/// <param name="Name">The assembly's name.</param>
/// <param name="Version">The version its author gave it.</param>
/// <param name="References">The assemblies it references.</param>
/// <param name="EntryType">The full name of its <see cref="ISupermachinePlugin"/>; null when it names none.</param>
/// <param name="EntryToken">The metadata token of that class; 0 when it is not among the assembly's own classes.</param>
/// <param name="Kinds">The kinds it announces.</param>
internal sealed record PluginMetadata(string Path, string Name, string Version, IReadOnlyList<AssemblyName> References, string? EntryType, int EntryToken, IReadOnlyList<PluginKind> Kinds)
{
    private const string ContractsNamespace = "Supermachine";

    public bool IsPlugin => EntryType is not null;

    /// <summary>Reads an assembly; null when the file is not a managed assembly.</summary>
    public static PluginMetadata? TryRead(string path)
    {
        try
        {
            return MetadataSection.TryRead(path) is { } bytes ? Read(path, bytes) : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static unsafe PluginMetadata? Read(string path, byte[] bytes)
    {
        // SAFETY: the bytes stay where they are as long as the reader is used; what is read is copied.
        fixed (byte* start = bytes)
        {
            MetadataReader metadata = new(start, bytes.Length);
            return metadata.IsAssembly ? Read(path, metadata) : null;
        }
    }

    private static PluginMetadata Read(string path, MetadataReader metadata)
    {
        AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
        string version = assembly.Version.ToString();
        string? entry = null;
        List<PluginKind> kinds = [];
        foreach (CustomAttributeHandle handle in assembly.GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            (string space, string name) = TypeOf(metadata, attribute);
            if (space == "System.Reflection" && name == "AssemblyInformationalVersionAttribute") version = FirstText(metadata, attribute)?.Split('+')[0] ?? version;
            if (space != ContractsNamespace) continue;
            if (name == nameof(SupermachinePluginAttribute)) entry = FirstText(metadata, attribute)?.Split(',')[0];
            if (name == nameof(ProvidesKindAttribute)) kinds.Add(Kind(metadata, attribute));
        }

        List<AssemblyName> references = [];
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            references.Add(new AssemblyName { Name = metadata.GetString(reference.Name), Version = reference.Version });
        }

        return new PluginMetadata(path, metadata.GetString(assembly.Name), version, references, entry, entry is null ? 0 : TokenOf(metadata, entry), kinds);
    }

    private static int TokenOf(MetadataReader metadata, string type)
    {
        int dot = type.LastIndexOf('.');
        (string space, string name) = dot < 0 ? ("", type) : (type[..dot], type[(dot + 1)..]);
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition definition = metadata.GetTypeDefinition(handle);
            if (!definition.IsNested && metadata.StringComparer.Equals(definition.Name, name) && metadata.StringComparer.Equals(definition.Namespace, space)) return metadata.GetToken(handle);
        }

        return 0;
    }

    /// <summary>The one argument of an attribute that takes a text or a type, which is written by its name; null where that is what it was given.</summary>
    private static string? FirstText(MetadataReader metadata, CustomAttribute attribute) => Arguments(metadata, attribute).ReadSerializedString();

    private static PluginKind Kind(MetadataReader metadata, CustomAttribute attribute)
    {
        BlobReader arguments = Arguments(metadata, attribute);
        var part = (PartKind)arguments.ReadInt32();
        string kind = arguments.ReadSerializedString() ?? "";
        string summary = "";
        for (int left = arguments.ReadUInt16(); left > 0; left--)
        {
            // A kind has no named arguments but texts; what others follow in later contracts is not for this version to read.
            arguments.ReadByte();
            if ((SerializationTypeCode)arguments.ReadByte() != SerializationTypeCode.String) break;
            string? name = arguments.ReadSerializedString();
            string? value = arguments.ReadSerializedString();
            if (name == nameof(ProvidesKindAttribute.Summary)) summary = value ?? "";
        }

        return new PluginKind(part, kind, summary);
    }

    /// <summary>An attribute's arguments, behind the prolog (ECMA-335, II.23.3). Its own decoder costs a start ten times this file.</summary>
    private static BlobReader Arguments(MetadataReader metadata, CustomAttribute attribute)
    {
        BlobReader value = metadata.GetBlobReader(attribute.Value);
        if (value.ReadUInt16() != 1) throw new BadImageFormatException("a custom attribute begins with no prolog");
        return value;
    }

    private static (string Namespace, string Name) TypeOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind is not HandleKind.MemberReference) return default;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind is not HandleKind.TypeReference) return default;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }
}

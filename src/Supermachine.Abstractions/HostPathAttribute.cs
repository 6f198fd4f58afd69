namespace Supermachine;

/// <summary>
/// Marks a string option of a plugin as a path on the host. The runtime resolves it against the folder of the machine file,
/// and reports a missing file with the line and column of the key when <see cref="MustExist"/> is set.
/// Host paths are never part of a snapshot: they come from the machine file at restore.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostPathAttribute : Attribute
{
    /// <summary>Whether the file has to be there when the machine file is checked. False by default.</summary>
    public bool MustExist { get; init; }
}

namespace Supermachine.Runtime;

/// <summary>A kernel or initrd that cannot be booted. The message names the file and the reason.</summary>
public sealed class KernelLoadException : IOException
{
    /// <summary>Names the file and the reason.</summary>
    public KernelLoadException(string path, string reason, Exception? cause = null)
        : base($"{path}: {reason}", cause) => (Path, Reason) = (path, reason);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}

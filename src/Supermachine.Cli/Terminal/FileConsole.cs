using System.ComponentModel.DataAnnotations;
using Supermachine.Runtime;

namespace Supermachine.Cli.Terminal;

/// <summary>The keys of a console of kind <c>file</c>.</summary>
internal sealed class FileConsoleOptions
{
    /// <summary>The file that takes the output, emptied at the start.</summary>
    [Required]
    [HostPath]
    public string Path { get; set; } = "";
}

/// <summary>A console whose output goes to a file; it has no input.</summary>
internal sealed class FileConsole(string path) : IConsoleBackend, IDisposable
{
    private readonly FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Write(ReadOnlySpan<byte> output) => file.Write(output);

    public void Start(IConsoleInput input)
    {
        // A file types nothing.
    }

    public void Dispose() => file.Dispose();
}

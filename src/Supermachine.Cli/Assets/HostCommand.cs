using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Supermachine.Cli.Assets;

/// <summary>Runs a program of the host and hands on what it says.</summary>
internal static class HostCommand
{
    private static readonly string[] SystemFolders = ["/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/bin", "/bin", "/opt/homebrew/opt/e2fsprogs/sbin"];

    /// <summary>The path of a program, or null: first by PATH, then where the system keeps what a person seldom calls.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs to the end; each line of its output goes to <paramref name="line"/>.</summary>
    /// <exception cref="AssetException">It is not there, or failed: with what it said on its error output.</exception>
    public static void Run(string program, IEnumerable<string> arguments, HostCommandOptions options, Action<string> line) =>
        Pipe(program, arguments, options, output =>
        {
            using var reader = new StreamReader(output, Encoding.UTF8, leaveOpen: true);
            while (reader.ReadLine() is { } text) line(text);
        });

    /// <summary>Runs to the end; its output goes to <paramref name="consume"/> as it is.</summary>
    /// <exception cref="AssetException">It is not there, or failed: with what it said on its error output.</exception>
    public static void Pipe(string program, IEnumerable<string> arguments, HostCommandOptions options, Action<Stream> consume)
    {
        using Process process = Start(program, arguments, options);
        using CancellationTokenRegistration cancel = options.Cancellation.Register(process.Kill);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        consume(process.StandardOutput.BaseStream);
        // What the consumer left unread must not keep the program waiting.
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        options.Cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new AssetException($"{Path.GetFileName(program)} failed with status {process.ExitCode}: {errors.Result.Trim()}");
    }

    private static Process Start(string program, IEnumerable<string> arguments, HostCommandOptions options)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.Folder ?? "",
        };
        start.Environment["LC_ALL"] = "C";
        foreach ((string name, string value) in options.Environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start) ?? throw new AssetException($"{program} did not start");
        }
        catch (Win32Exception exception)
        {
            throw new AssetException($"{program} cannot be run on this host: {exception.Message}", exception);
        }
    }
}

/// <summary>Where and with what a program of the host runs.</summary>
internal sealed record HostCommandOptions
{
    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public CancellationToken Cancellation { get; init; }
}

using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Supermachine.Cli.Tests;

internal sealed record CommandResult(int Status, string Output, string Errors, byte[] OutputBytes);

/// <summary>The built command as a process of its own.</summary>
internal static class CommandProcess
{
    public static string CommandPath => Metadata("CommandPath");

    public static string Repository => Metadata("RepositoryPath");

    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync([], TimeSpan.FromMinutes(1), arguments);

    public static async Task<CommandResult> RunAsync(byte[] input, TimeSpan timeout, params string[] arguments)
    {
        using Process process = Start(arguments);
        using var output = new MemoryStream();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await reading;
            throw new TimeoutException($"no end after {timeout}; output:\n{Encoding.UTF8.GetString(output.ToArray())}\nerrors:\n{await errors}");
        }
        await reading;
        return new CommandResult(process.ExitCode, Encoding.UTF8.GetString(output.ToArray()), await errors, output.ToArray());
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Host, ["exec", CommandPath, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository,
        };
        return Process.Start(start)!;
    }

    private static string Metadata(string key) =>
        typeof(CommandProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

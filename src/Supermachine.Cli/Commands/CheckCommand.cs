using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine check</c>: says everything that is wrong with a machine file, without starting it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var arguments = new MachineArguments();
        var command = new Command("check", "Say everything that is wrong with a machine file, without starting it");
        arguments.AddTo(command);
        command.SetAction((result, _) => CheckAsync(arguments.Choice(result), CommandLine.IsVerbose(result)));
        return command;
    }

    private static async Task<int> CheckAsync(MachineChoice machine, bool verbose)
    {
        await using ServiceProvider services = RuntimeServices.Create(verbose, machine.Engine);
        MachineDefinition definition = machine.Read(services.GetRequiredService<MachineDefinitionReader>());
        CheckReport report = await services.GetRequiredService<MachineChecker>().CheckAsync(definition).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in report.Diagnostics) await Console.Error.WriteLineAsync(diagnostic.ToString()).ConfigureAwait(false);
        string name = definition.File ?? "the machine";
        foreach (string obstacle in report.NotCapturable) Console.WriteLine($"{name}: {obstacle}");
        if (!report.Succeeded) return ExitStatus.Definition;
        Console.WriteLine($"{name}: fine");
        return ExitStatus.Success;
    }
}

using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine describe</c>: prints the machine with every default filled in.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var arguments = new MachineArguments();
        var command = new Command("describe", "Print the machine with every default, its memory map, interrupts and plugins");
        arguments.AddTo(command);
        command.SetAction((result, cancellation) => DescribeAsync(arguments.Choice(result), CommandLine.IsVerbose(result), cancellation));
        return command;
    }

    private static async Task<int> DescribeAsync(MachineChoice machine, bool verbose, CancellationToken cancellation)
    {
        await using ServiceProvider services = RuntimeServices.Create(verbose, machine.Engine);
        MachineDefinition definition = machine.Read(services.GetRequiredService<MachineDefinitionReader>());
        Console.Write(await services.GetRequiredService<MachineDescriber>().DescribeAsync(definition, cancellation).ConfigureAwait(false));
        return ExitStatus.Success;
    }
}

using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Supermachine.Cli.SelfTest;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine proof-of-life</c>: whether this host's engine runs one instruction of a guest.</summary>
internal static class ProofOfLifeCommand
{
    public static Command Create()
    {
        var engine = new Option<string>("--engine") { HelpName = "NAME", Description = "The engine to try", DefaultValueFactory = _ => EngineRegistry.Auto };
        var full = new Option<bool>("--full") { Description = "Try everything the engine promises, and print one block of text about it" };
        var command = new Command("proof-of-life", "Run one instruction in a guest, on the engine this host has") { engine, full };
        command.SetAction(result =>
        {
            using ServiceProvider services = RuntimeServices.Create(CommandLine.IsVerbose(result), result.GetValue(engine));
            IEngine chosen = services.GetRequiredService<EngineRegistry>().Create(result.GetValue(engine)!);
            bool passed = ProofOfLife.Run(chosen, Console.Error) && (!result.GetValue(full) || new SelfTestReport(Console.Out, TimeProvider.System).Run(chosen));
            return passed ? ExitStatus.Success : ExitStatus.GuestFault;
        });
        return command;
    }
}

using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine proof-of-life</c>: whether this host's engine runs one instruction of a guest.</summary>
internal static class ProofOfLifeCommand
{
    public static Command Create()
    {
        var engine = new Option<string>("--engine") { HelpName = "NAME", Description = "The engine to try", DefaultValueFactory = _ => EngineRegistry.Auto };
        var command = new Command("proof-of-life", "Run one instruction in a guest, on the engine this host has") { engine };
        command.SetAction(result =>
        {
            using ServiceProvider services = RuntimeServices.Create(result);
            IEngine chosen = services.GetRequiredService<EngineRegistry>().Create(result.GetValue(engine)!);
            return ProofOfLife.Run(chosen, Console.Error) ? ExitStatus.Success : ExitStatus.GuestFault;
        });
        return command;
    }
}

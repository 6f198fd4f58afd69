using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Supermachine.Cli.Terminal;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine run</c>: boots a machine and stays until it ends.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var arguments = new MachineArguments();
        var timings = new Option<bool>("--timings") { Description = $"Print how long each step of the start takes (also: {StartTimings.Variable})" };
        var engineStats = new Option<bool>("--engine-stats") { Description = "Print what the engine counted when the machine ends; counting slows the guest down" };
        var engineVerify = new Option<bool>("--engine-verify") { Description = "Compare translated code with the interpreter while the guest runs, and stop at the first difference; slow" };
        var command = new Command("run", "Boot a machine; its console is this terminal, Ctrl-A x leaves") { timings, engineStats, engineVerify };
        arguments.AddTo(command);
        command.SetAction(result => Run(new RunRequest
        {
            Machine = arguments.Choice(result),
            IsVerbose = CommandLine.IsVerbose(result),
            Timings = result.GetValue(timings),
            EngineStats = result.GetValue(engineStats),
            EngineVerify = result.GetValue(engineVerify),
        }));
        return command;
    }

    public static int Run(RunRequest request)
    {
        bool timed = request.Timings || Environment.GetEnvironmentVariable(StartTimings.Variable) is not null;
        EngineReport? statistics = request.EngineStats || request.EngineVerify ? new EngineReport(request.EngineStats, request.EngineVerify) : null;
        var timings = new StartTimings(TimeProvider.System, Program.Start, timed);
        using var session = new RunSession(TimeProvider.System);
        using ServiceProvider services = RuntimeServices.Create(request.IsVerbose, request.Machine.Engine, session, timings, statistics);
        timings.Line("command.parsed");
        var reader = services.GetRequiredService<MachineDefinitionReader>();
        MachineDefinition definition = request.Machine.Read(reader);
        if (GuestWords(definition) is { } words)
        {
            definition = request.Machine.Read(reader, DefinitionOverride.Set("boot.cmdline", words, append: true));
            session.WaitsForGuest = true;
        }
        timings.Line("definition.read");
        int status = session.Run(services.GetRequiredService<MachineComposer>(), definition);
        statistics?.Print();
        return status;
    }

    /// <summary>What the guests that we build are told on their command line: that no person types, when none does.</summary>
    private static string? GuestWords(MachineDefinition definition)
    {
        bool ours = definition.Boot.Initrd?.StartsWith("asset:", StringComparison.Ordinal) == true;
        bool stdio = definition.Console.Kind is null or "stdio";
        return ours && stdio && !RawTerminal.IsInteractive ? "sm.stdin=pipe" : null;
    }
}

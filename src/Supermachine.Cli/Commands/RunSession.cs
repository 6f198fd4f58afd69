using System.Runtime.InteropServices;
using Supermachine.Cli.Terminal;
using Supermachine.Engine.Software;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary>One machine in the foreground: its console, the signals that stop it, and what the command ends with.</summary>
internal sealed class RunSession : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PanicWatch panic;
    private volatile bool hung;
    private volatile string? reason;

    public RunSession(TimeProvider time) => panic = new PanicWatch(StopHung, time);

    /// <summary>Whether the guest says when it listens, so that piped input is held back until then.</summary>
    public bool WaitsForGuest { get; set; }

    public IConsoleBackend CreateConsole() =>
        new StdioConsole(RawTerminal.IsInteractive, () => Stop("left with Ctrl-A x"), panic, WaitsForGuest ? new ReadyWatch() : null);

    /// <summary>The same console, with an eye on the output for a kernel that panics.</summary>
    public IConsoleBackend Watch(IConsoleBackend console) => new WatchedConsole(console, panic);

    /// <summary>Composes and runs.</summary>
    /// <returns>What the command ends with.</returns>
    public int Run(MachineComposer composer, MachineDefinition definition)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal);
        Machine machine = composer.Compose(definition, stop.Token);
        try
        {
            PrintBanner(definition);
            using RawTerminal? terminal = definition.Console.Kind is null or "stdio" ? RawTerminal.Enter() : null;
            MachineOutcome outcome = machine.Run(stop.Token);
            terminal?.Dispose();
            return Report(outcome);
        }
        finally
        {
            machine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public void Dispose()
    {
        panic.Dispose();
        stop.Dispose();
    }

    private static void PrintBanner(MachineDefinition definition)
    {
        BootSection boot = definition.Boot;
        StandardError.WriteLine("supermachine: kernel boot");
        StandardError.WriteLine($"  kernel    : {boot.Kernel}");
        if (boot.Initrd is not null) StandardError.WriteLine($"  initramfs : {boot.Initrd}");
        StandardError.WriteLine($"  cmdline   : {boot.Cmdline}");
        if (definition.Machine.Engine is "auto" or "software" && SoftwareEngine.TranslationRefusal is { } refusal) StandardError.WriteLine($"  engine    : interpreter, because {refusal}");
        StandardError.WriteLine($"  memory    : {definition.Machine.Memory.Bytes >> 20} MiB");
        foreach (PartDefinition device in definition.Devices) StandardError.WriteLine($"  {(device.Kind == "virtio-blk" ? "blk      " : "device   ")} : {device.Id} ({device.Kind})");
    }

    private int Report(MachineOutcome outcome)
    {
        switch (outcome.Ending)
        {
            case MachineEnding.PoweredOff:
                return ExitStatus.Success;
            case MachineEnding.GuestFault:
                StandardError.WriteLine($"supermachine: the guest cannot go on: {outcome.Message}");
                return ExitStatus.GuestFault;
            case MachineEnding.Reset when panic.Seen:
            case MachineEnding.Stopped when hung:
                StandardError.WriteLine("supermachine: the guest's kernel panicked");
                return ExitStatus.GuestFault;
            case MachineEnding.Reset:
                StandardError.WriteLine("supermachine: the guest asked for a reset, and on_reset is \"exit\"");
                return ExitStatus.Failure;
            default:
                StandardError.WriteLine($"supermachine: the guest was stopped: {reason ?? "asked to"}");
                return ExitStatus.Failure;
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The first one stops the machine in an orderly way, the second one ends the process as signals do.
        context.Cancel = !stop.IsCancellationRequested;
        Stop(context.Signal.ToString());
    }

    private void StopHung()
    {
        hung = true;
        Stop("kernel panic");
    }

    private void Stop(string why)
    {
        reason ??= why;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended meanwhile.
        }
    }
}

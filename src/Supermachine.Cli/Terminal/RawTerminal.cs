using System.Runtime.InteropServices;

namespace Supermachine.Cli.Terminal;

/// <summary>
/// The terminal of the standard input in raw mode, so that every key reaches the guest. Whatever ends the process, short of SIGKILL and a crash of native code,
/// puts back what was there: disposal, the end of the process, a signal that asks for it, an exception nobody caught.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    private readonly byte[] original = new byte[LibC.TermiosSize];
    private readonly byte[] raw = new byte[LibC.TermiosSize];
    private readonly PosixSignalRegistration? continued;
    private readonly EventHandler exit;
    private int restored;

    private RawTerminal()
    {
        exit = (_, _) => Restore();
        // A shell that stopped us and lets us go on has put its own mode in place.
        if (!OperatingSystem.IsWindows()) continued = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Apply());
        AppDomain.CurrentDomain.ProcessExit += exit;
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Restore();
    }

    /// <summary>Whether a person sits at the input.</summary>
    public static bool IsInteractive => LibC.IsTerminal(LibC.StandardInput);

    /// <summary>Enters raw mode; null when the input is not a terminal.</summary>
    public static RawTerminal? Enter()
    {
        if (!IsInteractive) return null;
        var terminal = new RawTerminal();
        if (!LibC.TryGetAttributes(LibC.StandardInput, terminal.original))
        {
            terminal.Dispose();
            return null;
        }
        terminal.original.CopyTo(terminal.raw, 0);
        LibC.MakeRaw(terminal.raw);
        terminal.Apply();
        return terminal;
    }

    public void Dispose()
    {
        Restore();
        continued?.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= exit;
    }

    private void Apply()
    {
        if (Volatile.Read(ref restored) == 0) LibC.TrySetAttributes(LibC.StandardInput, raw);
    }

    private void Restore()
    {
        if (Interlocked.Exchange(ref restored, 1) == 0) LibC.TrySetAttributes(LibC.StandardInput, original);
    }
}

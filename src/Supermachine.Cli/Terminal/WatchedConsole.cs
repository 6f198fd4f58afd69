using Supermachine.Runtime;

namespace Supermachine.Cli.Terminal;

/// <summary>A console whose output is looked at for a kernel that panics: the end of a run does not depend on where its console goes.</summary>
internal sealed class WatchedConsole(IConsoleBackend inner, PanicWatch panic) : IConsoleBackend, IDisposable
{
    public void Write(ReadOnlySpan<byte> output)
    {
        panic.Watch(output);
        inner.Write(output);
    }

    public void Start(IConsoleInput input) => inner.Start(input);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}

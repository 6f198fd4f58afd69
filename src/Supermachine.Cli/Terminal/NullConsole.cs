using Supermachine.Runtime;

namespace Supermachine.Cli.Terminal;

/// <summary>A console that nobody looks at: <c>kind = "none"</c>.</summary>
internal sealed class NullConsole : IConsoleBackend
{
    public void Write(ReadOnlySpan<byte> output)
    {
        // Nobody looks.
    }

    public void Start(IConsoleInput input)
    {
        // Nobody types.
    }
}

using System.Text;

namespace Supermachine.Cli.Terminal;

/// <summary>Whole lines on the error output, unbuffered.</summary>
internal static class StandardError
{
    private const int Descriptor = 2;
    private static readonly bool IsTerminal = LibC.IsTerminal(Descriptor);

    /// <summary>Writes a line; on a terminal with a carriage return, since it may be in raw mode.</summary>
    public static void WriteLine(string line)
    {
        string text = IsTerminal ? line.ReplaceLineEndings("\r\n") + "\r\n" : line + "\n";
        try
        {
            LibC.WriteAll(Descriptor, Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // Nobody reads our messages; the guest goes on.
        }
    }
}

namespace Supermachine.Cli.Terminal;

/// <summary>What a key after Ctrl-A asks for.</summary>
internal enum EscapeAction
{
    None,

    /// <summary>x: leave the machine.</summary>
    Leave,

    /// <summary>h or ?: say which keys there are.</summary>
    Help,
}

/// <summary>
/// Takes the keys meant for us out of what a person types. Ctrl-A begins one: x leaves, a (or Ctrl-A again) sends a Ctrl-A, h helps;
/// after any other key both go to the guest.
/// </summary>
internal sealed class EscapeFilter
{
    private const byte ControlA = 0x01;
    private bool escaped;

    /// <summary>Filters some input. The state outlives the call: a key may come in the next one.</summary>
    /// <param name="input">What was typed.</param>
    /// <param name="output">What goes to the guest; room for one byte more than the input.</param>
    /// <param name="written">How many bytes of it.</param>
    /// <returns>The last action asked for; nothing after a <see cref="EscapeAction.Leave"/> is read.</returns>
    public EscapeAction Filter(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        var action = EscapeAction.None;
        written = 0;
        foreach (byte key in input)
        {
            if (!escaped)
            {
                if (key == ControlA) escaped = true;
                else output[written++] = key;
                continue;
            }
            escaped = false;
            switch (key)
            {
                case (byte)'x' or (byte)'X':
                    return EscapeAction.Leave;
                case (byte)'h' or (byte)'?':
                    action = EscapeAction.Help;
                    break;
                case (byte)'a' or ControlA:
                    output[written++] = ControlA;
                    break;
                default:
                    output[written++] = ControlA;
                    output[written++] = key;
                    break;
            }
        }
        return action;
    }
}

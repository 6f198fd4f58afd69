namespace Supermachine.Cli.Commands;

/// <summary>
/// Reads the command line of a run that holds nothing but a file and whole options: loading the parser of command lines takes as long
/// as a quarter of a start. Whatever is not as plain as that, and whatever is wrong, is left to the parser.
/// </summary>
internal static class PlainRun
{
    /// <summary>What is asked for; null when the parser has to say.</summary>
    public static RunRequest? TryRead(string[] arguments)
    {
        if (arguments is not ["run", ..]) return null;
        var machine = new MachineChoice();
        var request = new RunRequest { Machine = machine };
        for (int i = 1; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (IsValue(word) && machine.File is null) machine = machine with { File = word };
            else if (Flag(request, word) is { } flagged) request = flagged;
            else if (i + 1 < arguments.Length && IsValue(arguments[i + 1]) && Option(machine, word, arguments[++i]) is { } changed) machine = changed;
            else return null;
        }

        return machine.File is null && machine.Kernel is null ? null : request with { Machine = machine };
    }

    /// <summary>Whether a word can be nothing but a value: no option, no response file, no truth value for the flag before it, no help.</summary>
    private static bool IsValue(string word) => word is not ([] or ['-' or '@', ..] or "/?" or "/h") && !bool.TryParse(word, out _);

    private static RunRequest? Flag(RunRequest request, string name) => name switch
    {
        "--verbose" => request with { IsVerbose = true },
        "--timings" => request with { Timings = true },
        "--engine-stats" => request with { EngineStats = true },
        "--engine-verify" => request with { EngineVerify = true },
        _ => null,
    };

    /// <summary>Null for an option that there is not, or not a second time.</summary>
    private static MachineChoice? Option(MachineChoice machine, string name, string value) => name switch
    {
        "--set" when MachineChoice.Problem(value) is null => machine with { Settings = [.. machine.Settings, value] },
        "--append" => machine with { Append = [.. machine.Append, value] },
        "--kernel" when machine.Kernel is null => machine with { Kernel = value },
        "--initrd" when machine.Initrd is null => machine with { Initrd = value },
        "--cmdline" when machine.Cmdline is null => machine with { Cmdline = value },
        "--vcpus" when machine.Vcpus is null => machine with { Vcpus = value },
        "--memory" when machine.Memory is null => machine with { Memory = value },
        "--engine" when machine.Engine is null => machine with { Engine = value },
        _ => null,
    };
}

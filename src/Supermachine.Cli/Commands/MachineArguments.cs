using System.CommandLine;

namespace Supermachine.Cli.Commands;

/// <summary>The arguments and options that name a machine.</summary>
internal sealed class MachineArguments
{
    private readonly Argument<string?> file = new("file") { Description = "The machine file", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> set = Several("--set", "KEY=VALUE", "Set a key of the machine file; KEY+=VALUE adds to what is there");
    private readonly Option<string?> kernel = One("--kernel", "FILE", "The kernel (boot.kernel)");
    private readonly Option<string?> initrd = One("--initrd", "FILE", "The initial RAM disk (boot.initrd)");
    private readonly Option<string?> cmdline = One("--cmdline", "TEXT", "The kernel's command line (boot.cmdline)");
    private readonly Option<string[]> append = Several("--append", "TEXT", "Words added to the kernel's command line");
    private readonly Option<string?> vcpus = One("--vcpus", "COUNT", "The number of vCPUs (machine.vcpus)");
    private readonly Option<string?> memory = One("--memory", "SIZE", "The guest's RAM, as 512MiB (machine.memory)");
    private readonly Option<string?> engine = One("--engine", "NAME", "The engine (machine.engine)");

    public void AddTo(Command command)
    {
        command.Arguments.Add(file);
        foreach (Option option in (Option[])[set, kernel, initrd, cmdline, append, vcpus, memory, engine]) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is null && result.GetValue(kernel) is null)
                result.AddError("Which machine? Give a machine file, or a kernel with --kernel.");
            foreach (string setting in result.GetValue(set) ?? [])
            {
                if (MachineChoice.Problem(setting) is { } problem) result.AddError($"--set {setting}: {problem}");
            }
        });
    }

    /// <summary>What a command line without errors chose.</summary>
    public MachineChoice Choice(ParseResult result) => new()
    {
        File = result.GetValue(file),
        Settings = result.GetValue(set) ?? [],
        Kernel = result.GetValue(kernel),
        Initrd = result.GetValue(initrd),
        Cmdline = result.GetValue(cmdline),
        Append = result.GetValue(append) ?? [],
        Vcpus = result.GetValue(vcpus),
        Memory = result.GetValue(memory),
        Engine = result.GetValue(engine),
    };

    private static Option<string?> One(string name, string word, string description) => new(name) { HelpName = word, Description = description };

    private static Option<string[]> Several(string name, string word, string description) => new(name) { HelpName = word, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}

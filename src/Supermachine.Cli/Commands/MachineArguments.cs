using System.CommandLine;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary>How a command line names a machine: its file, and the keys set beside it.</summary>
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

    /// <summary>What a machine without a file starts from.</summary>
    private const string DefaultCommandLine = "console=ttyAMA0";

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
                if (Problem(setting) is { } problem) result.AddError($"--set {setting}: {problem}");
            }
        });
    }

    /// <summary>Reads the machine's definition.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="reader">Reads files.</param>
    /// <param name="more">Added after everything the person set.</param>
    public MachineDefinition Read(ParseResult result, MachineDefinitionReader reader, params IReadOnlyList<DefinitionOverride> more) =>
        reader.Read(result.GetValue(file), [.. Overrides(result), .. more]);

    /// <summary>The keys set on the command line, in the order in which they take effect: the general ones first.</summary>
    public IReadOnlyList<DefinitionOverride> Overrides(ParseResult result)
    {
        var overrides = new List<DefinitionOverride>();
        if (result.GetValue(file) is null) overrides.Add(DefinitionOverride.Set("boot.cmdline", DefaultCommandLine));
        overrides.AddRange((result.GetValue(set) ?? []).Select(DefinitionOverride.Parse));
        void Add(string key, string? value)
        {
            if (value is not null) overrides.Add(DefinitionOverride.Set(key, value));
        }
        Add("boot.kernel", result.GetValue(kernel));
        Add("boot.initrd", result.GetValue(initrd));
        Add("boot.cmdline", result.GetValue(cmdline));
        overrides.AddRange((result.GetValue(append) ?? []).Select(words => DefinitionOverride.Set("boot.cmdline", words, append: true)));
        // A number, so not a text.
        if (result.GetValue(vcpus) is { } count) overrides.Add(DefinitionOverride.Parse($"machine.vcpus={count}"));
        Add("machine.memory", result.GetValue(memory));
        Add("machine.engine", result.GetValue(engine));
        return overrides;
    }

    private static string? Problem(string setting)
    {
        try
        {
            DefinitionOverride.Parse(setting);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static Option<string?> One(string name, string word, string description) => new(name) { HelpName = word, Description = description };

    private static Option<string[]> Several(string name, string word, string description) => new(name) { HelpName = word, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}

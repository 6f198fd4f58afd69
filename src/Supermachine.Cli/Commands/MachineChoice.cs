using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary>The machine that a command line names: its file, and the keys set beside it.</summary>
internal sealed record MachineChoice
{
    /// <summary>What a machine without a file starts from.</summary>
    private const string DefaultCommandLine = "console=ttyAMA0";

    /// <summary>The machine file; null for a machine that the options make up.</summary>
    public string? File { get; init; }

    /// <summary>Each a <c>KEY=VALUE</c> or <c>KEY+=VALUE</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public string? Kernel { get; init; }

    public string? Initrd { get; init; }

    /// <summary>The kernel's command line.</summary>
    public string? Cmdline { get; init; }

    /// <summary>Words added to the kernel's command line.</summary>
    public IReadOnlyList<string> Append { get; init; } = [];

    public string? Vcpus { get; init; }

    public string? Memory { get; init; }

    public string? Engine { get; init; }

    /// <summary>Reads the machine's definition.</summary>
    /// <param name="reader">Reads files.</param>
    /// <param name="more">Added after everything the person set.</param>
    public MachineDefinition Read(MachineDefinitionReader reader, params IReadOnlyList<DefinitionOverride> more) => reader.Read(File, [.. Overrides(), .. more]);

    /// <summary>The keys that are set, in the order in which they take effect: the general ones first.</summary>
    public IReadOnlyList<DefinitionOverride> Overrides()
    {
        var overrides = new List<DefinitionOverride>();
        if (File is null) Add("boot.cmdline", DefaultCommandLine);
        foreach (string setting in Settings) overrides.Add(DefinitionOverride.Parse(setting));
        Add("boot.kernel", Kernel);
        Add("boot.initrd", Initrd);
        Add("boot.cmdline", Cmdline);
        foreach (string words in Append) overrides.Add(DefinitionOverride.Set("boot.cmdline", words, append: true));
        // A number, so not a text.
        if (Vcpus is not null) overrides.Add(DefinitionOverride.Parse($"machine.vcpus={Vcpus}"));
        Add("machine.memory", Memory);
        Add("machine.engine", Engine);
        return overrides;

        void Add(string key, string? value)
        {
            if (value is not null) overrides.Add(DefinitionOverride.Set(key, value));
        }
    }

    /// <summary>What is wrong with a setting; null when nothing is.</summary>
    public static string? Problem(string setting)
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
}

namespace Supermachine.Runtime;

/// <summary>A kind of console. Register one with <see cref="SupermachineServices.AddSupermachineConsole{TOptions}"/>.</summary>
public interface IConsoleFactory
{
    /// <summary>The word that machine files use.</summary>
    string Kind { get; }

    /// <summary>What the keys of <c>[console]</c>, without <c>kind</c>, are bound to.</summary>
    Type OptionsType { get; }

    /// <summary>Makes the console. Called by the composing thread, once for every machine.</summary>
    /// <exception cref="IOException">It cannot be opened; the message names what.</exception>
    IConsoleBackend Create(object options);
}

/// <summary>The options of a part that has none.</summary>
public sealed record NoOptions;

/// <summary>A console kind made of a delegate.</summary>
internal sealed class ConsoleFactory<TOptions>(string kind, Func<TOptions, IServiceProvider, IConsoleBackend> create, IServiceProvider services) : IConsoleFactory
    where TOptions : class, new()
{
    public string Kind => kind;

    public Type OptionsType => typeof(TOptions);

    public IConsoleBackend Create(object options) => create((TOptions)options, services);
}

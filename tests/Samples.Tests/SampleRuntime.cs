using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Supermachine.Engine.Software;
using Supermachine.Runtime;

namespace Samples.Tests;

/// <summary>The runtime as a program of one's own embeds it: the real engine, the real loader, a console that keeps what it gets.</summary>
internal sealed class SampleRuntime : IDisposable, IConsoleBackend, IAssetResolver
{
    private readonly ServiceProvider services;
    private readonly StringBuilder output = new();

    public SampleRuntime()
    {
        ServiceCollection collection = new();
        collection.AddSingleton<IAssetResolver>(this);
        collection.AddSupermachine(options => options.InstalledPlugins = Repository.PathOf("no-plugins"));
        collection.AddSupermachineEngine("software", _ => new SoftwareEngine());
        collection.AddSupermachineConsole<NoOptions>("stdio", (_, _) => this);
        services = collection.BuildServiceProvider();
    }

    public string Output => output.ToString();

    /// <summary>A sample's machine file, with this build's sample in place of the one that its reader is told to build.</summary>
    public MachineDefinition Read(string file, params string[] sets)
    {
        string sample = Path.GetFileName(Path.GetDirectoryName(file)!);
        string[] all = [$"plugins.paths=['{Repository.BuiltSample(sample)}']", .. sets];
        return services.GetRequiredService<MachineDefinitionReader>().Read(Repository.PathOf(file), [.. all.Select(DefinitionOverride.Parse)]);
    }

    public async Task<IReadOnlyList<Diagnostic>> CheckAsync(MachineDefinition definition) =>
        (await services.GetRequiredService<MachineChecker>().CheckAsync(definition)).Diagnostics;

    public async Task<MachineOutcome> RunAsync(MachineDefinition definition)
    {
        await using Machine machine = services.GetRequiredService<MachineComposer>().Compose(definition);
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        return machine.Run(limit.Token);
    }

    public void Dispose() => services.Dispose();

    void IConsoleBackend.Write(ReadOnlySpan<byte> output) => this.output.Append(Encoding.Latin1.GetString(output));

    void IConsoleBackend.Start(IConsoleInput input)
    {
    }

    // The samples' machine files name a guest that these tests do not need: they are checked without it, or bring another.
    bool IAssetResolver.IsKnown(string asset) => true;

    string IAssetResolver.Resolve(string asset, CancellationToken cancellation) => throw new FileNotFoundException(asset);
}

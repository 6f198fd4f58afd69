using Microsoft.Extensions.DependencyInjection;

namespace Supermachine.Runtime.Tests;

/// <summary>The runtime as a program embeds it, with a scripted engine, fixture plugins and assets of its own.</summary>
internal sealed class TestRuntime : IDisposable
{
    private readonly ServiceProvider services;

    public TestRuntime(IReadOnlyList<string>? plugins = null, Action<IServiceCollection>? configure = null)
    {
        Folder = Directory.CreateTempSubdirectory("supermachine-test-").FullName;
        ServiceCollection collection = new();
        collection.AddSingleton<IAssetResolver>(new TestAssets(Path.Combine(Folder, "asset")));
        collection.AddSupermachine(options => options.InstalledPlugins = Path.Combine(Folder, "plugins"));
        collection.AddSupermachineEngine("scripted", _ => Engine);
        collection.AddSupermachineConsole<NoOptions>("none", (_, _) => Console);
        collection.AddSupermachineConsole<NoOptions>("stdio", (_, _) => Console);
        configure?.Invoke(collection);
        services = collection.BuildServiceProvider();
        foreach (string plugin in plugins ?? ["Sample"]) Install(plugin);
    }

    /// <summary>A folder that is gone after the test.</summary>
    public string Folder { get; }

    public RecordingConsole Console { get; } = new();

    public ScriptedEngine Engine { get; } = new(vcpu => [ScriptedVcpu.Call(vcpu, 0x8400_0008)]);

    public static string Fixture(string plugin) => Path.Combine(AppContext.BaseDirectory, "fixtures", plugin);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Reads a definition whose files are in <see cref="Folder"/>.</summary>
    public MachineDefinition Read(string text, params string[] sets) =>
        Get<MachineDefinitionReader>().ReadText(text, "test.toml", Folder, [.. sets.Select(DefinitionOverride.Parse)]);

    /// <summary>Puts a file beside the definitions.</summary>
    public string Write(string name, string content = "content")
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Everything that is wrong with a definition, with plugins looked at, as a person reads it.</summary>
    public async Task<string[]> Check(MachineDefinition definition) =>
        [.. (await Get<MachineChecker>().CheckAsync(definition)).Diagnostics.Select(d => d.ToString().Replace(Folder, "FOLDER", StringComparison.Ordinal))];

    /// <summary>Copies a fixture plugin to where installed plugins are.</summary>
    public string Install(string plugin, string? name = null)
    {
        string target = Directory.CreateDirectory(Path.Combine(Folder, "plugins", name ?? plugin)).FullName;
        foreach (string file in Directory.GetFiles(Fixture(plugin))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return target;
    }

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Knows two assets; the second has to be fetched.</summary>
    private sealed class TestAssets(string file) : IAssetResolver
    {
        public IReadOnlyCollection<string> Known => ["debian-arm64/kernel", "debian-arm64/initrd"];

        public bool IsKnown(string asset) => Known.Contains(asset);

        public string? TryFind(string asset) => File.Exists(file) ? file : null;

        public string Resolve(string asset, CancellationToken cancellation)
        {
            if (asset.EndsWith("initrd", StringComparison.Ordinal)) throw new IOException($"asset {asset} cannot be fetched: the mirror is down");
            File.WriteAllText(file, "asset");
            return file;
        }
    }
}

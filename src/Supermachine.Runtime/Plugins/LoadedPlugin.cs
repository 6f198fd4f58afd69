using Microsoft.Extensions.DependencyInjection;

namespace Supermachine.Runtime;

/// <summary>A plugin as one machine uses it: its own registrations and its own services.</summary>
internal sealed class LoadedPlugin(PluginInfo info, IReadOnlyList<KindRegistration> kinds, ServiceProvider services) : IAsyncDisposable, IDisposable
{
    public PluginInfo Info { get; } = info;

    public IServiceProvider Services => services;

    public KindRegistration Kind(PartKind part, string kind) => kinds.Single(k => k.Part == part && k.Kind == kind);

    public void Dispose() => services.Dispose();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

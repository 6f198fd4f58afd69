using Microsoft.Extensions.DependencyInjection;

namespace Supermachine.Runtime;

/// <summary>Takes the registrations of one plugin for one machine.</summary>
internal sealed class PluginBuilder(PluginInfo plugin) : IPluginBuilder
{
    private readonly List<KindRegistration> kinds = [];

    public IServiceCollection Services { get; } = new ServiceCollection();

    public IReadOnlyList<KindRegistration> Kinds => kinds;

    public IPluginBuilder AddDevice<TOptions>(string kind, CreateDevice<TOptions> create)
        where TOptions : class, new() =>
        Add(KindRegistration.Of<TOptions, IDeviceContext>(PartKind.Device, kind, (options, context, services) => create(options, context, services)));

    public IPluginBuilder AddEndpoint<TOptions>(string kind, CreateEndpoint<TOptions> create)
        where TOptions : class, new() =>
        Add(KindRegistration.Of<TOptions, IEndpointContext>(PartKind.Endpoint, kind, (options, context, services) => create(options, context, services)));

    public IPluginBuilder AddMiddleware<TOptions>(string kind, CreateMiddleware<TOptions> create)
        where TOptions : class, new() =>
        Add(KindRegistration.Of<TOptions, IEndpointContext>(PartKind.Middleware, kind, (options, context, services) => create(options, context, services)));

    public IPluginBuilder AddEgressPolicy<TOptions>(string kind, CreateEgressPolicy<TOptions> create)
        where TOptions : class, new() =>
        Add(KindRegistration.Of<TOptions, object?>(PartKind.EgressPolicy, kind, (options, _, services) => create(options, services)));

    /// <summary>Holds what was registered against what was announced.</summary>
    /// <exception cref="PluginException">The two differ.</exception>
    public void CheckAnnouncements()
    {
        foreach (PluginKind kind in plugin.Kinds)
        {
            if (kinds.Exists(r => r.Part == kind.Part && r.Kind == kind.Kind)) continue;
            throw new PluginException(DiagnosticCodes.KindNotRegistered, $"{plugin.Label} announces the {PartDefinition.Word(kind.Part)} kind \"{kind.Kind}\" but does not register it");
        }

        foreach (KindRegistration kind in kinds)
        {
            if (plugin.Provides(kind.Part, kind.Kind)) continue;
            throw new PluginException(DiagnosticCodes.KindNotAnnounced, $"{plugin.Label} registers the {PartDefinition.Word(kind.Part)} kind \"{kind.Kind}\" without announcing it by [assembly: ProvidesKind]");
        }
    }

    private PluginBuilder Add(KindRegistration kind)
    {
        if (kinds.Exists(k => k.Part == kind.Part && k.Kind == kind.Kind)) throw new InvalidOperationException($"the {PartDefinition.Word(kind.Part)} kind \"{kind.Kind}\" is registered twice");
        kinds.Add(kind);
        return this;
    }
}

using Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Supermachine;

[assembly: SupermachinePlugin(typeof(SamplePlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-sample", Summary = "Has an option of every type")]
[assembly: ProvidesKind(PartKind.Device, "fixture-fails")]
[assembly: ProvidesKind(PartKind.Endpoint, "fixture-door")]
[assembly: ProvidesKind(PartKind.Middleware, "fixture-stage")]
[assembly: ProvidesKind(PartKind.EgressPolicy, "fixture-policy")]

namespace Fixture;

/// <summary>A plugin with nothing wrong, and a kind of every sort.</summary>
public sealed class SamplePlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<IValidateOptions<SampleOptions>, SampleValidator>();
        plugin
            .AddDevice<SampleOptions>("fixture-sample", (options, context, _) =>
            {
                context.Interrupt("ready");
                return new NullDevice(options.ToString);
            })
            .AddDevice<NullOptions>("fixture-fails", (_, _, _) => throw new IOException("the disk is on fire"))
            .AddEndpoint<DoorOptions>("fixture-door", (_, _, _) => throw new InvalidOperationException("doors are not opened here"))
            .AddMiddleware<StageOptions>("fixture-stage", (_, _, _) => throw new InvalidOperationException("stages are not built here"))
            .AddEgressPolicy<NullOptions>("fixture-policy", (_, _) => throw new InvalidOperationException("policies are not asked here"));
    }
}

public sealed class DoorOptions
{
    public string Listen { get; set; } = "";
}

public sealed class StageOptions
{
    [System.ComponentModel.DataAnnotations.Required]
    public string Certificate { get; set; } = "";
}

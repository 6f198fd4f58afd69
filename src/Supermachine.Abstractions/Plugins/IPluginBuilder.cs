using Microsoft.Extensions.DependencyInjection;

namespace Supermachine;

/// <summary>
/// Takes a plugin's registrations. Options are bound from the part's own table of the machine file: snake_case keys to
/// properties, with <see cref="ByteSize"/>, <see cref="TimeSpan"/>, enums and <see cref="HostPathAttribute"/> understood, then
/// validated by DataAnnotations and by any <c>IValidateOptions</c> in <see cref="Services"/>.
/// </summary>
public interface IPluginBuilder
{
    /// <summary>The plugin's own services, visible to its factories; no other plugin sees them.</summary>
    IServiceCollection Services { get; }

    /// <summary>Registers a device kind.</summary>
    IPluginBuilder AddDevice<TOptions>(string kind, CreateDevice<TOptions> create)
        where TOptions : class, new();

    /// <summary>Registers an endpoint kind.</summary>
    IPluginBuilder AddEndpoint<TOptions>(string kind, CreateEndpoint<TOptions> create)
        where TOptions : class, new();

    /// <summary>Registers a middleware kind.</summary>
    IPluginBuilder AddMiddleware<TOptions>(string kind, CreateMiddleware<TOptions> create)
        where TOptions : class, new();

    /// <summary>Registers an egress policy kind.</summary>
    IPluginBuilder AddEgressPolicy<TOptions>(string kind, CreateEgressPolicy<TOptions> create)
        where TOptions : class, new();
}

/// <summary>Makes a device. An exception aborts the composition and must name the value that was wrong; the runtime adds the part.</summary>
public delegate IMmioDevice CreateDevice<in TOptions>(TOptions options, IDeviceContext context, IServiceProvider services);

/// <summary>Makes an endpoint, without opening it.</summary>
public delegate IEndpoint CreateEndpoint<in TOptions>(TOptions options, IEndpointContext context, IServiceProvider services);

/// <summary>Makes a middleware.</summary>
public delegate IEndpointMiddleware CreateMiddleware<in TOptions>(TOptions options, IEndpointContext context, IServiceProvider services);

/// <summary>Makes an egress policy.</summary>
public delegate IEgressPolicy CreateEgressPolicy<in TOptions>(TOptions options, IServiceProvider services);

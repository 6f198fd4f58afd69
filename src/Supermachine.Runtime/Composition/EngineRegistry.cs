using Microsoft.Extensions.DependencyInjection;

namespace Supermachine.Runtime;

/// <summary>The engines that the program has registered, in order of preference. The runtime itself references none.</summary>
public sealed class EngineRegistry
{
    /// <summary>The name that stands for the first engine this host has.</summary>
    public const string Auto = "auto";

    /// <summary>Engines a person may ask for that this program may not have, and what they need.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["hvf"] = "this program was built without it",
        ["software"] = "this program was built without it",
        ["interpreter"] = "this program was built without it",
    };

    private readonly EngineRegistration[] engines;
    private readonly IServiceProvider services;

    /// <summary>A registry of what the services hold.</summary>
    public EngineRegistry(IServiceProvider services) => (this.services, engines) = (services, [.. services.GetServices<EngineRegistration>()]);

    /// <summary>The registered engines, in order of preference.</summary>
    public IReadOnlyList<EngineRegistration> Engines => engines;

    /// <summary>Chooses an engine.</summary>
    /// <param name="name">A name, or <see cref="Auto"/>.</param>
    /// <param name="problem">Why there is none.</param>
    /// <returns>Null when this host does not have it.</returns>
    public EngineRegistration? Choose(string name, out string? problem)
    {
        problem = null;
        if (name == Auto)
        {
            if (Array.Find(engines, e => e.WhyUnavailable() is null) is { } first) return first;
            problem = engines.Length == 0 ? "no engine is registered" : $"no engine works on this host: {string.Join("; ", engines.Select(e => $"{e.Name}: {e.WhyUnavailable()}"))}";
            return null;
        }

        EngineRegistration? found = Array.Find(engines, e => e.Name == name);
        problem = found is not null ? found.WhyUnavailable() : Elsewhere.GetValueOrDefault(name);
        if (problem is not null) problem = $"engine \"{name}\" is not available on this host: {problem}";
        else if (found is null) problem = $"unknown engine \"{name}\"{NearestWord.Hint(name, [Auto, .. engines.Select(e => e.Name)], "engines")}";
        return problem is null ? found : null;
    }

    /// <summary>Makes an engine.</summary>
    /// <exception cref="InvalidOperationException">This host does not have it; the message says why.</exception>
    public IEngine Create(string name) => Create(Choose(name, out string? problem) ?? throw new InvalidOperationException(problem));

    internal IEngine Create(EngineRegistration engine) => engine.Create(services);
}

/// <summary>An engine that machines can name.</summary>
/// <param name="Name">The word that machine files use.</param>
/// <param name="Create">Makes one.</param>
/// <param name="WhyUnavailable">What keeps it from working on this host; null when nothing does.</param>
public sealed record EngineRegistration(string Name, Func<IServiceProvider, IEngine> Create, Func<string?> WhyUnavailable);

using System.Reflection;

namespace Supermachine.Abstractions.Tests;

/// <summary>Arrows point inward only: who may know whom, checked on what was really compiled in.</summary>
public sealed class RingTests
{
    private static readonly string[] Contracts =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
    ];

    /// <summary>What each of our assemblies may reference besides .NET itself. An assembly that is not here has no place yet.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Supermachine.Abstractions"] = Contracts,
        ["Supermachine.Toml"] = [],
        ["Supermachine.Virtio"] = ["Supermachine.Abstractions", .. Contracts],
        ["Supermachine.Engine.Software"] = ["Supermachine.Abstractions", .. Contracts],
        ["Supermachine.Engine.Hvf"] = ["Supermachine.Abstractions", .. Contracts],
        ["Supermachine.Engine.Hvf.Simulator"] = ["Supermachine.Abstractions", "Supermachine.Engine.Hvf", "Supermachine.Engine.Software", .. Contracts],
        ["Supermachine.Runtime"] = ["Supermachine.Abstractions", "Supermachine.Toml", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging", .. Contracts],
        ["Supermachine.Testing"] = ["Supermachine.Abstractions", "Supermachine.Virtio", .. Contracts],
        ["supermachine"] = ["Supermachine.Abstractions", "Supermachine.Runtime", "Supermachine.Engine.Hvf", "Supermachine.Engine.Hvf.Simulator", "Supermachine.Engine.Software", "Spectre.Console", "System.CommandLine", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging", .. Contracts],
        ["VirtioBlk"] = ["Supermachine.Abstractions", "Supermachine.Virtio", .. Contracts],
    };

    private static readonly HashSet<string> Ours = [.. Allowed.Keys];

    public static TheoryData<string> Assemblies => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_its_ring_allows(string assembly)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> references = Assembly.Load(assembly).GetReferencedAssemblies().Select(r => r.Name!).Where(name => !File.Exists(Path.Combine(framework, $"{name}.dll")));

        Assert.Empty(references.Except(Allowed[assembly]));
    }

    [Fact]
    public void Every_assembly_of_ours_has_a_place()
    {
        IEnumerable<string> built = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => name.StartsWith("Supermachine", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".Tests", StringComparison.Ordinal));

        Assert.Empty(built.Except(Ours));
    }

    [Fact]
    public void Nobody_is_known_by_somebody_further_in()
    {
        // The table itself must not have a cycle: following it from any assembly never comes back.
        foreach (string start in Allowed.Keys)
        {
            HashSet<string> seen = [];
            Queue<string> open = new(Allowed[start].Where(Ours.Contains));
            while (open.TryDequeue(out string? name))
            {
                Assert.NotEqual(start, name);
                if (!seen.Add(name)) continue;
                foreach (string next in Allowed[name].Where(Ours.Contains)) open.Enqueue(next);
            }
        }
    }
}

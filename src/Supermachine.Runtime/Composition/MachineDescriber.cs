namespace Supermachine.Runtime;

/// <summary>Says what would be composed.</summary>
public sealed class MachineDescriber
{
    private readonly MachinePlanner planner;
    private readonly PartFactory parts;
    private readonly AssetFetcher assets;

    internal MachineDescriber(MachinePlanner planner, PartFactory parts, AssetFetcher assets) => (this.planner, this.parts, this.assets) = (planner, parts, assets);

    /// <summary>Describes a machine. Makes its devices, which alone know their windows and interrupts, and disposes of them.</summary>
    /// <param name="definition">The definition. Assets of its devices are fetched where needed, the kernel is not.</param>
    /// <param name="cancellation">Gives up fetching.</param>
    /// <exception cref="DefinitionException">The definition cannot become a machine; carries everything that is wrong with it.</exception>
    public async ValueTask<MachineDescription> DescribeAsync(MachineDefinition definition, CancellationToken cancellation = default)
    {
        MachinePlan plan = planner.Plan(definition);
        List<IMmioDevice> made = [];
        await using (plan.ConfigureAwait(false))
        {
            try
            {
                if (!plan.Diagnostics.HasErrors) assets.FetchParts(plan, cancellation);
                ThrowIfRefused(plan);
                MachineBuilder builder = parts.CreateBuilder(plan);
                foreach (PlannedPart part in plan.Devices)
                {
                    if (PartFactory.AddDevice(plan, part, builder) is { } device) made.Add(device);
                }

                ThrowIfRefused(plan);
                return new MachineDescription([.. Tables(plan)], builder.Layout, [.. plan.Plugins.Keys]);
            }
            finally
            {
                foreach (IMmioDevice device in made) await PartFactory.DiscardAsync(device).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<DescribedTable> Tables(MachinePlan plan)
    {
        MachineDefinition definition = plan.Definition;
        yield return new("[machine]", [.. OptionsSchema.Describe(definition.Machine with { Engine = plan.Engine!.Name })]);
        yield return new("[plugins]", [.. OptionsSchema.Describe(definition.Plugins)]);
        yield return new("[boot]", [.. OptionsSchema.Describe(definition.Boot)]);
        (IConsoleFactory console, object options) = plan.Console!.Value;
        yield return new("[console]", [KeyValuePair.Create("kind", ValueReader.Format(console.Kind)), .. OptionsSchema.Describe(options)]);
        foreach (PlannedPart part in plan.Devices)
        {
            KeyValuePair<string, string> id = KeyValuePair.Create("id", ValueReader.Format(part.Definition.Id));
            KeyValuePair<string, string> kind = KeyValuePair.Create("kind", ValueReader.Format(part.Definition.Kind));
            yield return new("[[device]]", [id, kind, .. OptionsSchema.Describe(part.Options)], part.Plugin.Info.Name);
        }
    }

    private static void ThrowIfRefused(MachinePlan plan)
    {
        if (plan.Diagnostics.HasErrors) throw new DefinitionException(plan.Diagnostics.Sorted());
    }
}

namespace Supermachine.Runtime;

/// <summary>Makes machines of definitions. Composes as often as asked; the machines share nothing but the code of their plugins.</summary>
public sealed class MachineComposer
{
    private readonly MachinePlanner planner;
    private readonly PartFactory parts;
    private readonly AssetFetcher assets;

    internal MachineComposer(MachinePlanner planner, PartFactory parts, AssetFetcher assets) => (this.planner, this.parts, this.assets) = (planner, parts, assets);

    /// <summary>Composes a machine: everything is there and nothing runs.</summary>
    /// <param name="definition">The definition. Its assets are fetched where needed.</param>
    /// <param name="cancellation">Gives up fetching.</param>
    /// <exception cref="DefinitionException">The definition cannot become a machine; carries everything that is wrong with it.</exception>
    /// <exception cref="KernelLoadException">The kernel or the initrd cannot be booted.</exception>
    public Machine Compose(MachineDefinition definition, CancellationToken cancellation = default)
    {
        MachinePlan plan = planner.Plan(definition);
        MachineHoldings holdings = new();
        holdings.Add(plan);
        try
        {
            ThrowIfRefused(plan);
            BootOptions boot = assets.FetchBoot(plan, cancellation);
            assets.FetchParts(plan, cancellation);
            ThrowIfRefused(plan);
            MachineBuilder builder = parts.CreateBuilder(plan);
            AddParts(plan, builder, holdings);
            ThrowIfRefused(plan);
            builder.UseBoot(boot);
            Machine machine = builder.Build();
            machine.DisposeWith(holdings);
            return machine;
        }
        catch
        {
            holdings.DiscardAll();
            throw;
        }
    }

    private static void AddParts(MachinePlan plan, MachineBuilder builder, MachineHoldings holdings)
    {
        if (PartFactory.CreateConsole(plan) is { } console)
        {
            holdings.Add(console);
            builder.UseConsole(console);
        }

        foreach (PlannedPart part in plan.Devices) holdings.AddDevice(PartFactory.AddDevice(plan, part, builder));
    }

    private static void ThrowIfRefused(MachinePlan plan)
    {
        if (plan.Diagnostics.HasErrors) throw new DefinitionException(plan.Diagnostics.Sorted());
    }
}

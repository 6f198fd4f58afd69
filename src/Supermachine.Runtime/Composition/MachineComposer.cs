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
    public Machine Compose(MachineDefinition definition, CancellationToken cancellation = default)
    {
        MachinePlan plan = planner.Plan(definition);
        MachineHoldings holdings = new();
        holdings.Add(plan);
        try
        {
            ThrowIfRefused(plan);
            BootSection boot = assets.FetchBoot(plan, cancellation);
            assets.FetchParts(plan, cancellation);
            ThrowIfRefused(plan);
            MachineBuilder builder = parts.CreateBuilder(plan);
            AddParts(plan, builder, holdings);
            ThrowIfRefused(plan);
            builder.UseBoot(new BootOptions { KernelPath = boot.Kernel, InitrdPath = boot.Initrd, CommandLine = boot.Cmdline });
            Machine machine = Build(plan, boot, builder);
            machine.DisposeWith(holdings);
            return machine;
        }
        catch
        {
            holdings.DiscardAll();
            throw;
        }
    }

    private static Machine Build(MachinePlan plan, BootSection boot, MachineBuilder builder)
    {
        try
        {
            return builder.Build();
        }
        catch (KernelLoadException e)
        {
            BootCheck.Report(plan, boot, e);
            throw new DefinitionException(plan.Diagnostics.Sorted());
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

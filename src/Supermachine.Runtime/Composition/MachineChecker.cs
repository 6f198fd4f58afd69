namespace Supermachine.Runtime;

/// <summary>Does everything that a start does, short of fetching assets and starting.</summary>
public sealed class MachineChecker
{
    private readonly MachinePlanner planner;
    private readonly PartFactory parts;
    private readonly AssetFetcher assets;

    internal MachineChecker(MachinePlanner planner, PartFactory parts, AssetFetcher assets) => (this.planner, this.parts, this.assets) = (planner, parts, assets);

    /// <summary>Checks a definition. Makes its devices, so that what they open is opened, and disposes of them.</summary>
    public async ValueTask<CheckReport> CheckAsync(MachineDefinition definition)
    {
        MachinePlan plan = planner.Plan(definition);
        await using (plan.ConfigureAwait(false))
        {
            List<string> notCapturable = [];
            if (!plan.Diagnostics.HasErrors)
            {
                BootCheck.Check(plan, assets.FindBoot(plan));
                await CheckDevicesAsync(plan, notCapturable).ConfigureAwait(false);
            }

            return new CheckReport(plan.Diagnostics.Sorted(), notCapturable);
        }
    }

    private async ValueTask CheckDevicesAsync(MachinePlan plan, List<string> notCapturable)
    {
        MachineBuilder builder = parts.CreateBuilder(plan);
        List<IMmioDevice> made = [];
        foreach (PlannedPart part in plan.Devices)
        {
            // A device over an asset that is not here yet cannot be made; what can be said about it has been said.
            if (!assets.TryFindLocally(part) || PartFactory.AddDevice(plan, part, builder) is not { } device) continue;
            made.Add(device);
            if (SnapshotObstacle(device) is { } reason) notCapturable.Add($"{part.Definition.Label} cannot be captured: {reason}");
        }

        foreach (IMmioDevice device in made) await PartFactory.DiscardAsync(device).ConfigureAwait(false);
    }

    private static string? SnapshotObstacle(IMmioDevice device) => device switch
    {
        not ISnapshotParticipant => "its kind has no state to save",
        ISnapshotObstacle part => part.SnapshotObstacle,
        _ => null,
    };
}

namespace Supermachine.Runtime;

/// <summary>Puts files in the place of the assets that a plan names.</summary>
internal sealed class AssetFetcher(IAssetResolver assets)
{
    /// <summary>What the machine boots, with its assets fetched.</summary>
    public BootSection FetchBoot(MachinePlan plan, CancellationToken cancellation)
    {
        BootSection boot = plan.Definition.Boot with { };
        Fetch(plan, boot, plan.Definition.PlaceOf("boot"), "[boot]", cancellation);
        return boot;
    }

    /// <summary>What the machine boots, with those of its assets that have been fetched before.</summary>
    public BootSection FindBoot(MachinePlan plan)
    {
        BootSection boot = plan.Definition.Boot with { };
        HostPaths.Materialize(boot, assets.TryFind);
        return boot;
    }

    /// <summary>Fetches the assets of every part.</summary>
    public void FetchParts(MachinePlan plan, CancellationToken cancellation)
    {
        foreach (PlannedPart part in plan.Parts) Fetch(plan, part.Options, part.Definition.Place, part.Definition.Label, cancellation);
    }

    /// <summary>Uses what has been fetched before.</summary>
    /// <returns>False when an asset of the part is not there yet.</returns>
    public bool TryFindLocally(PlannedPart part) => HostPaths.Materialize(part.Options, assets.TryFind).Count == 0;

    private void Fetch(MachinePlan plan, object options, SourcePlace place, string label, CancellationToken cancellation)
    {
        // What keeps one asset from being fetched keeps the others, and each attempt takes its time.
        if (plan.Diagnostics.HasErrors) return;
        try
        {
            HostPaths.Materialize(options, asset => assets.Resolve(asset, cancellation));
        }
        catch (IOException e)
        {
            plan.Diagnostics.Error(DiagnosticCodes.AssetFailed, place, $"{label}: {e.Message}");
        }
    }
}

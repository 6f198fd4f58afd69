namespace Supermachine.Cli.Assets;

/// <summary>Prepares the guest and shows how it goes: bars on a terminal, lines elsewhere.</summary>
internal static class AssetPreparation
{
    public static AssetManifest Run(AptOptions options, IGuestSource source, bool again, bool rebuild, CancellationToken cancellation)
    {
        string root = AssetCache.Root();
        AssetManifest Work(IAssetProgress progress) => new AssetStore(root, source, new DiskImageBuilder(options), progress).Ensure(again, rebuild, cancellation);
        return Console.IsErrorRedirected ? Work(new PlainProgress(Console.Error)) : BarProgress.Show(Work);
    }
}

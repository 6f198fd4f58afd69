namespace Supermachine.Runtime;

/// <summary>
/// Knows the assets that machine files name as <c>asset:NAME/FILE</c>. Registered by whoever embeds the runtime; without one no
/// asset is known. Called by the composing thread.
/// </summary>
public interface IAssetResolver
{
    /// <summary>Whether such an asset exists, fetched or not. Does no I/O worth mentioning.</summary>
    /// <param name="asset">What follows <c>asset:</c>, as <c>debian-arm64/kernel</c>.</param>
    bool IsKnown(string asset);

    /// <summary>The path of a file with the asset's content; fetches it first where needed.</summary>
    /// <exception cref="IOException">It cannot be fetched; the message names the asset.</exception>
    string Resolve(string asset, CancellationToken cancellation);

    /// <summary>The path of an asset that is there already; null when it would have to be fetched.</summary>
    string? TryFind(string asset) => null;

    /// <summary>The assets there are, to suggest the nearest one.</summary>
    IReadOnlyCollection<string> Known => [];
}

/// <summary>The resolver of a runtime to which nobody gave assets.</summary>
internal sealed class NoAssets : IAssetResolver
{
    public bool IsKnown(string asset) => false;

    public string Resolve(string asset, CancellationToken cancellation) => throw new FileNotFoundException($"no asset is called '{asset}'");
}

namespace Supermachine.Cli.Assets;

/// <summary>Where a guest's parts come from: Debian packages through apt, or files that a person names.</summary>
internal interface IGuestSource
{
    /// <summary>
    /// Puts <c>kernel</c>, <c>busybox</c> and <c>modules/*.ko</c> into an empty folder. Called with the guest's lock held;
    /// <paramref name="scratch"/> outlives a process that is killed, so that a download goes on where it was.
    /// </summary>
    /// <returns>A line on each thing used, for the manifest.</returns>
    /// <exception cref="AssetException">Something is missing; the message says what to do.</exception>
    IReadOnlyList<string> Fetch(string target, string scratch, IAssetProgress progress, CancellationToken cancellation);
}

namespace Supermachine.Cli.Assets;

/// <summary>A line per step, for output that is not a terminal.</summary>
internal sealed class PlainProgress(TextWriter output) : IAssetProgress
{
    public void Step(string description) => output.WriteLine($"supermachine: {description}");

    public void Report(double fraction)
    {
        // A file wants no bar.
    }
}

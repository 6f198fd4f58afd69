namespace Supermachine.Cli.Assets;

/// <summary>Told what is being done, by the thread that does it.</summary>
internal interface IAssetProgress
{
    /// <summary>A new step begins; the one before is done.</summary>
    void Step(string description);

    /// <summary>How far the step is, 0 to 1.</summary>
    void Report(double fraction);
}

using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>A test that boots Linux. It is left out, and says so, where the guest is not in the cache and cannot be fetched.</summary>
public sealed class GuestFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(Prepare);

    public GuestFactAttribute() => Skip = WhyNot;

    /// <summary>Why there is no guest to boot; null where there is one.</summary>
    public static string? WhyNot => Reason.Value;

    private static string? Prepare()
    {
        try
        {
            foreach (string name in AssetStore.Names) _ = new AssetResolver(AssetCache.Root()).Resolve($"{AssetStore.Guest}/{name}", CancellationToken.None);
            return null;
        }
        catch (AssetException exception)
        {
            return $"no guest to boot: {exception.Message}";
        }
    }
}

/// <summary>The same for a test with several cases.</summary>
public sealed class GuestTheoryAttribute : TheoryAttribute
{
    public GuestTheoryAttribute() => Skip = GuestFactAttribute.WhyNot;
}

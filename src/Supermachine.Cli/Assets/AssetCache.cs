namespace Supermachine.Cli.Assets;

/// <summary>Where the cache is.</summary>
internal static class AssetCache
{
    /// <summary>SUPERMACHINE_CACHE, or <c>supermachine</c> in XDG_CACHE_HOME, or in <c>~/.cache</c>.</summary>
    public static string Root()
    {
        if (Environment.GetEnvironmentVariable("SUPERMACHINE_CACHE") is { Length: > 0 } own) return Path.GetFullPath(own);
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache) return Path.Combine(Path.GetFullPath(cache), "supermachine");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(home.Length == 0 ? Path.GetTempPath() : home, ".cache", "supermachine");
    }
}

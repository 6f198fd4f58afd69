using System.Runtime.CompilerServices;

namespace Supermachine.Conformance;

/// <summary>Where the guests lie: beside this source file.</summary>
internal static class GuestFiles
{
    public static string Directory { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "Guests");

    public static string PathOf(string file) => Path.Combine(Directory, file);

    private static string Here([CallerFilePath] string path = "") => path;
}

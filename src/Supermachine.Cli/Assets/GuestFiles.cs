using System.Globalization;

namespace Supermachine.Cli.Assets;

/// <summary>The files of the folder <c>guest/</c>, carried inside this assembly.</summary>
internal static class GuestFiles
{
    private static readonly string[] Names = ["init", "poweroff", "words", "hello.txt"];

    // Counts changes of the builders that the files do not show.
    private const string Version = "1";

    public static byte[] Read(string name)
    {
        using Stream stream = typeof(GuestFiles).Assembly.GetManifestResourceStream("guest/" + name)
            ?? throw new InvalidOperationException($"the command was built without guest/{name}");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Identifies how a guest is made: a command with another recipe makes its guests again.</summary>
    /// <remarks>FNV-1a: it guards against nobody, and a library of cryptography costs more to load than a machine's definition.</remarks>
    public static string Recipe()
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (string name in Names)
        {
            foreach (byte value in Read(name)) hash = (hash ^ value) * 0x100000001b3;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{Version}-{hash:x16}");
    }
}

using System.Globalization;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>One of this process's memory mappings, as Linux tells of them.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">One past its last.</param>
/// <param name="IsPrivate">Copy-on-write (MAP_PRIVATE).</param>
/// <param name="Offset">Of the first byte in its file.</param>
/// <param name="File">Device and inode; <c>00:00 0</c> for memory without a file.</param>
/// <param name="MayRead">Whether PROT_READ can be had (the maximum protection, in Mach's words).</param>
/// <param name="MayWrite">Whether PROT_WRITE can be had.</param>
internal readonly record struct HostMapping(ulong Start, ulong End, bool IsPrivate, ulong Offset, string File, bool MayRead, bool MayWrite)
{
    public bool HasFile => !File.EndsWith(" 0", StringComparison.Ordinal);

    /// <summary>Where a byte comes from: which may change only if somebody maps something else there.</summary>
    public (bool IsPrivate, string File, ulong Delta) Identity => (IsPrivate, File, HasFile ? Offset - Start : 0);
}

/// <summary>What lies in this process's address space. Only where there is /proc; elsewhere nothing is known and nothing is checked.</summary>
internal static class HostMappings
{
    private const string Maps = "/proc/self/maps", WithFlags = "/proc/self/smaps";

    public static bool AreKnown { get; } = File.Exists(WithFlags);

    /// <summary>The mappings that a range touches, in order.</summary>
    public static List<HostMapping> Of(ulong start, ulong size)
    {
        List<HostMapping> found = [];
        string header = "";
        foreach (string line in File.ReadLines(WithFlags))
        {
            if (IsHeader(line)) header = line;
            else if (line.StartsWith("VmFlags:", StringComparison.Ordinal) && !TryAdd(found, Parse(header, line), start, size)) break;
        }

        return found;
    }

    /// <summary>The same without the maximum protection, which takes the kernel much longer to tell.</summary>
    public static List<HostMapping> Briefly(ulong start, ulong size)
    {
        List<HostMapping> found = [];
        foreach (string line in File.ReadLines(Maps))
        {
            if (!TryAdd(found, Parse(line, ""), start, size)) break;
        }

        return found;
    }

    /// <summary>Whether mappings, in order, cover a range without a gap.</summary>
    public static bool Cover(IReadOnlyList<HostMapping> mappings, ulong start, ulong size)
    {
        ulong at = start;
        foreach (HostMapping mapping in mappings)
        {
            if (mapping.Start > at) return false;
            at = mapping.End;
        }

        return at >= start + size;
    }

    /// <summary>Takes a mapping that the range touches. False once they lie behind it.</summary>
    private static bool TryAdd(List<HostMapping> found, HostMapping mapping, ulong start, ulong size)
    {
        if (mapping.Start >= start + size) return false;
        if (mapping.End > start) found.Add(mapping);
        return true;
    }

    private static bool IsHeader(string line) => line.Length != 0 && (char.IsAsciiDigit(line[0]) || line[0] is >= 'a' and <= 'f') && line.Contains('-');

    /// <summary>As proc(5) describes: <c>start-end perms offset dev inode path</c>, and the flags mr and mw for what mprotect would allow.</summary>
    private static HostMapping Parse(string header, string flags)
    {
        string[] words = header.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        string[] range = words[0].Split('-');
        string[] may = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new HostMapping(Hex(range[0]), Hex(range[1]), words[1][3] == 'p', Hex(words[2]), $"{words[3]} {words[4]}", may.Contains("mr"), may.Contains("mw"));
    }

    private static ulong Hex(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

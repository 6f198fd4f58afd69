using System.Globalization;
using System.Text;

namespace Supermachine.Cli.Tests.Assets;

internal sealed record CpioEntry(string Name, uint Inode, uint Mode, uint Links, uint Major, uint Minor, byte[] Content);

/// <summary>Reads "newc" archives, written after the kernel's description of the format and not after our writer.</summary>
internal static class CpioArchive
{
    public static List<CpioEntry> Read(byte[] archive)
    {
        var entries = new List<CpioEntry>();
        int at = 0;
        while (true)
        {
            Assert.Equal("070701", Encoding.ASCII.GetString(archive, at, 6));
            // c_ino c_mode c_uid c_gid c_nlink c_mtime c_filesize c_maj c_min c_rmaj c_rmin c_namesize c_chksum
            uint[] fields = [.. Enumerable.Range(0, 13).Select(index => uint.Parse(Encoding.ASCII.GetString(archive, at + 6 + (index * 8), 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            string name = Encoding.UTF8.GetString(archive, at + 110, (int)fields[11] - 1);
            Assert.Equal(0, archive[at + 110 + fields[11] - 1]);
            int content = Align(at + 110 + (int)fields[11]);
            if (name == "TRAILER!!!") return entries;
            Assert.Equal((0u, 0u, 0u), (fields[2], fields[3], fields[5]));
            entries.Add(new CpioEntry(name, fields[0], fields[1], fields[4], fields[9], fields[10], archive[content..(content + (int)fields[6])]));
            at = Align(content + (int)fields[6]);
        }
    }

    private static int Align(int position) => (position + 3) & ~3;
}

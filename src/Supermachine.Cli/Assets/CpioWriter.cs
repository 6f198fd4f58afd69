using System.Globalization;
using System.Text;

namespace Supermachine.Cli.Assets;

/// <summary>
/// Writes a cpio archive of the "newc" format, the one the kernel unpacks as its first file system
/// (Documentation/driver-api/early-userspace/buffer-format.rst). The same calls give the same bytes: no time, owner or host inode gets in.
/// </summary>
internal sealed class CpioWriter(Stream output) : IDisposable
{
    private const string Trailer = "TRAILER!!!";
    private const int HeaderLength = 110;
    private static readonly byte[] Zeroes = new byte[512];
    private uint inode;
    private long position;

    public void Directory(string path, uint permissions = 0x1ed /* 0755 */) => Entry(path, 0x4000 | permissions, [], links: 2);

    public void File(string path, ReadOnlySpan<byte> content, uint permissions = 0x1a4 /* 0644 */) => Entry(path, 0x8000 | permissions, content);

    public void SymbolicLink(string path, string target) => Entry(path, 0xa000 | 0x1ff, Encoding.UTF8.GetBytes(target));

    public void CharacterDevice(string path, uint major, uint minor, uint permissions) => Entry(path, 0x2000 | permissions, [], 1, major, minor);

    /// <summary>Ends the archive; the kernel wants nothing after it, tools like a multiple of 512.</summary>
    public void Dispose()
    {
        inode = 0;
        Header(Trailer, 0, 0, 1, 0, 0, 0);
        Pad(512);
        output.Flush();
    }

    private void Entry(string path, uint mode, ReadOnlySpan<byte> content, uint links = 1, uint major = 0, uint minor = 0)
    {
        inode++;
        Header(path, inode, mode, links, checked((uint)content.Length), major, minor);
        Write(content);
        Pad(4);
    }

    private void Header(string path, uint number, uint mode, uint links, uint size, uint major, uint minor)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        // magic, ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
        string header = string.Create(CultureInfo.InvariantCulture,
            $"070701{number:x8}{mode:x8}{0:x8}{0:x8}{links:x8}{0:x8}{size:x8}{0:x8}{0:x8}{major:x8}{minor:x8}{name.Length:x8}{0:x8}");
        System.Diagnostics.Debug.Assert(header.Length == HeaderLength);
        Write(Encoding.ASCII.GetBytes(header));
        Write(name);
        Pad(4);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        position += bytes.Length;
    }

    private void Pad(int alignment) => Write(Zeroes.AsSpan(0, (int)(-position & (alignment - 1))));
}

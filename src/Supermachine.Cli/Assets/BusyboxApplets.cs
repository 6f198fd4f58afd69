using System.Text;

namespace Supermachine.Cli.Assets;

/// <summary>Which of busybox's programs get a name in the guest's /bin.</summary>
internal static class BusyboxApplets
{
    private const string Wanted =
        "[ ash awk base64 basename bc blkdiscard blockdev bunzip2 bzip2 cat chgrp chmod chown chroot clear cmp cp cpio crc32 cttyhack cut date dc dd "
        + "depmod devmem df diff dirname dmesg du echo ed egrep env expand expr factor fallocate false fgrep find fold free fsfreeze fstrim getty grep groups "
        + "gunzip gzip head hexdump hostname hwclock id ifconfig insmod ip kill killall last less link ln login ls lsmod md5sum mkdir mkfifo mknod mkswap "
        + "mktemp modinfo modprobe more mount mv nc netstat nl nohup nproc nsenter nslookup od passwd paste patch pidof ping pivot_root printf ps pwd "
        + "readlink realpath renice reset rev rm rmdir rmmod route run-parts sed seq setsid sh sha1sum sha256sum sha512sum shuf sleep sort stat strings stty "
        + "su swapoff swapon switch_root sync sysctl tac tail tar taskset tee telnet test time timeout top touch tr true truncate tty udhcpc umount uname "
        + "unexpand uniq unlink unshare unxz uptime usleep vi watch wc wget which who whoami xargs xxd xz xzcat yes zcat";

    /// <summary>Those that this busybox has: its names are strings in it, one after the other.</summary>
    public static IEnumerable<string> In(byte[] busybox)
    {
        int table = busybox.AsSpan().IndexOf("\0[\0"u8);
        // Without the table every name gets a link; one that is not there says "applet not found".
        return Wanted.Split(' ').Where(name => table < 0 || busybox.AsSpan(table).IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) >= 0);
    }
}

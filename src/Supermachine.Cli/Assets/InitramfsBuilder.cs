using System.Text;

namespace Supermachine.Cli.Assets;

/// <summary>Builds the guest's first file system from busybox, modules and our own /init. The same parts give the same bytes.</summary>
internal static class InitramfsBuilder
{
    private const uint Executable = 0x1ed; // 0755

    private static readonly string[] Folders = ["bin", "sbin", "dev", "etc", "lib", "lib/modules", "mnt", "proc", "root", "run", "sys", "tmp"];

    public static void Build(string inputs, Stream output)
    {
        byte[] busybox = File.ReadAllBytes(Path.Combine(inputs, GuestFolder.Busybox));
        string modules = Path.Combine(inputs, GuestFolder.Modules);
        IReadOnlyList<string> order = KernelModules.InOrder(modules);
        using var archive = new CpioWriter(output);
        foreach (string folder in Folders) archive.Directory(folder);
        // The kernel opens it for /init before anything is mounted.
        archive.CharacterDevice("dev/console", 5, 1, 0x180 /* 0600 */);
        archive.File("init", GuestFiles.Read("init"), Executable);
        archive.File("bin/busybox", busybox, Executable);
        foreach (string applet in BusyboxApplets.In(busybox)) archive.SymbolicLink($"bin/{applet}", "busybox");
        archive.File("sbin/poweroff", GuestFiles.Read("poweroff"), Executable);
        archive.SymbolicLink("sbin/halt", "poweroff");
        archive.SymbolicLink("sbin/reboot", "poweroff");
        archive.File("etc/passwd", "root::0:0:root:/root:/bin/sh\n"u8);
        archive.File("etc/group", "root:x:0:\n"u8);
        archive.File("etc/words", GuestFiles.Read("words"));
        archive.File("lib/modules/order", Encoding.ASCII.GetBytes(string.Concat(order.Select(name => name + "\n"))));
        foreach (string name in order) archive.File($"lib/modules/{name}.ko", File.ReadAllBytes(KernelModules.PathOf(modules, name)));
    }
}

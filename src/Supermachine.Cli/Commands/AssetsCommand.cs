using System.CommandLine;
using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine assets</c>: finds, fetches and builds guests.</summary>
internal static class AssetsCommand
{
    public static Command Create()
    {
        var command = new Command("assets", "Find, fetch and build guests");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Fetch());
        command.Subcommands.Add(Import());
        command.Subcommands.Add(Build());
        command.Subcommands.Add(PathOf());
        command.Subcommands.Add(Clean());
        return command;
    }

    private static Command List()
    {
        var verify = new Option<bool>("--verify") { Description = "Read every file and compare its hash" };
        var command = new Command("list", "List the assets, where they are and where they came from") { verify };
        command.SetAction(result =>
        {
            var store = new AssetStore(AssetCache.Root(), new AptGuestSource(new AptOptions()), new DiskImageBuilder(new AptOptions()), new PlainProgress(Console.Error));
            AssetManifest? manifest = store.Ready(result.GetValue(verify));
            foreach (string name in AssetStore.Names)
            {
                AssetFile? file = manifest?.Files.FirstOrDefault(file => file.Name == name);
                Console.WriteLine($"asset:{AssetStore.Guest}/{name}  {(file is null ? "not fetched" : $"{new ByteSize((ulong)file.Size)}  sha256:{file.Sha256}")}");
            }
            foreach (string source in manifest?.Sources ?? []) Console.WriteLine($"from {source}");
            Console.WriteLine($"in {store.Folder}");
            return ExitStatus.Success;
        });
        return command;
    }

    private static Command Fetch()
    {
        var mirror = new Option<string?>("--mirror") { Description = "A Debian mirror to use instead of the host's package sources" };
        var suite = new Option<string>("--suite") { Description = "The suite on the mirror", DefaultValueFactory = _ => "bookworm" };
        var keyring = new Option<string?>("--keyring") { Description = "The keyring that signs the mirror, if the host does not trust it" };
        var again = new Option<bool>("--update") { Description = "Fetch again, for a newer kernel" };
        var command = new Command("fetch", "Fetch Debian's arm64 cloud kernel and busybox, and build the initrd and the disk") { mirror, suite, keyring, again };
        command.SetAction(result =>
        {
            var options = new AptOptions(result.GetValue(mirror), result.GetValue(suite)!, result.GetValue(keyring));
            AssetPreparation.Run(options, new AptGuestSource(options), result.GetValue(again), rebuild: false, CancellationToken.None);
            return ExitStatus.Success;
        });
        return command;
    }

    private static Command Import()
    {
        var kernel = new Option<FileInfo>("--kernel") { Description = "An arm64 Image", Required = true };
        var modules = new Option<DirectoryInfo?>("--modules") { Description = "The folder of its modules; none if it needs none" };
        var busybox = new Option<FileInfo>("--busybox") { Description = "A static arm64 busybox", Required = true };
        var command = new Command("import", "Build the guest from files of your own") { kernel, modules, busybox };
        command.SetAction(result =>
        {
            var source = new FileGuestSource(result.GetValue(kernel)!.FullName, result.GetValue(modules)?.FullName, result.GetValue(busybox)!.FullName);
            AssetPreparation.Run(new AptOptions(), source, again: true, rebuild: true, CancellationToken.None);
            return ExitStatus.Success;
        });
        return command;
    }

    private static Command Build()
    {
        var command = new Command("build", "Build the initrd and the disk again from what was fetched");
        command.SetAction(_ =>
        {
            AssetPreparation.Run(new AptOptions(), new AptGuestSource(new AptOptions()), again: false, rebuild: true, CancellationToken.None);
            return ExitStatus.Success;
        });
        return command;
    }

    private static Command PathOf()
    {
        var name = new Argument<string>("asset") { Description = "As machine files write it: asset:debian-arm64/kernel" };
        var command = new Command("path", "Print where an asset is, fetching it if it is not there") { name };
        command.SetAction(result =>
        {
            string asset = result.GetValue(name)!;
            if (asset.StartsWith("asset:", StringComparison.Ordinal)) asset = asset["asset:".Length..];
            Console.WriteLine(new AssetResolver(AssetCache.Root()).Resolve(asset, CancellationToken.None));
            return ExitStatus.Success;
        });
        return command;
    }

    private static Command Clean()
    {
        var command = new Command("clean", "Delete what was fetched and built");
        command.SetAction(_ =>
        {
            new AssetStore(AssetCache.Root(), new AptGuestSource(new AptOptions()), new DiskImageBuilder(new AptOptions()), new PlainProgress(Console.Error)).Clean();
            return ExitStatus.Success;
        });
        return command;
    }
}

using System.Text;

namespace Supermachine.Cli.Assets;

/// <summary>
/// apt-get in folders of its own: state, lists and cache are private, the architecture is given, nothing of the host's package state is read
/// or written and no right of root is needed. Of the host's configuration only the sources, the keys and how to reach the network are used.
/// </summary>
internal sealed class AptEnvironment
{
    private const int LockAttempts = 600;
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(200);
    private readonly string architecture;
    private readonly string emptyFolder;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<string, string> environment;

    public AptEnvironment(string folder, string architecture, AptOptions options, CancellationToken cancellation)
    {
        if (HostCommand.Find("apt-get") is null || HostCommand.Find("dpkg-deb") is null) throw new AssetException(NoApt);
        this.architecture = architecture;
        emptyFolder = Path.Combine(folder, "conf.d");
        this.cancellation = cancellation;
        foreach (string name in (string[])["state/lists/partial", "cache/archives/partial", "conf.d", "log"])
            System.IO.Directory.CreateDirectory(Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, "state/status"), "");
        string configuration = Path.Combine(folder, "apt.conf");
        File.WriteAllText(configuration, Configuration(folder, options));
        environment = new Dictionary<string, string> { ["APT_CONFIG"] = configuration };
    }

    public static string NoApt =>
        "this host has no apt-get and dpkg-deb to fetch a Debian guest with: "
        + "give files with `supermachine assets import --kernel FILE --modules FOLDER --busybox FILE`";

    /// <summary>Refreshes the lists of packages.</summary>
    public void Update(IAssetProgress progress)
    {
        progress.Step("Fetching the lists of packages");
        Run("apt-get", ["-q", "-o", "APT::Status-Fd=1", "update"], null, line => ReportStatus(line, progress));
    }

    /// <summary>What the newest version of a package depends on, by name.</summary>
    public IReadOnlyList<string> DependenciesOf(string package)
    {
        var names = new List<string>();
        Run("apt-cache", ["--important", "depends", package], null, line =>
        {
            string[] words = line.Trim().Split(": ", 2);
            if (words is ["Depends" or "PreDepends", var name] && !name.StartsWith('<')) names.Add(name);
        });
        return names;
    }

    /// <summary>Downloads packages, or takes those that are there already, each checked against the hash of the signed list.</summary>
    public IReadOnlyList<AptPackage> Download(IReadOnlyList<string> names, string folder, IAssetProgress progress)
    {
        System.IO.Directory.CreateDirectory(folder);
        var packages = new List<AptPackage>();
        // Asked in an empty folder: apt is silent on what is there already.
        Run("apt-get", ["download", "--print-uris", .. names], emptyFolder, line =>
        {
            if (AptPackage.Parse(line, folder) is { } package) packages.Add(package);
        });
        if (packages.Count != names.Count) throw new AssetException($"apt knows no package for some of: {string.Join(", ", names)} ({architecture})");
        // A file whose hash is wrong is a download that was cut: apt fetches the rest.
        string[] missing = [.. names.Where((_, index) => !packages[index].IsComplete())];
        if (missing.Length != 0)
        {
            progress.Step($"Fetching {string.Join(", ", missing)}");
            Run("apt-get", ["-q", "-o", "APT::Status-Fd=1", "download", .. missing], folder, line => ReportStatus(line, progress));
        }
        if (packages.Find(package => !package.IsComplete()) is { } wrong) throw new AssetException($"{wrong.Path} does not have the hash that its list promises: {wrong.Sha256}");
        return packages;
    }

    private static void ReportStatus(string line, IAssetProgress progress)
    {
        // dlstatus:FILE:PERCENT:TEXT
        string[] words = line.Split(':', 4);
        if (words is ["dlstatus", _, var percent, _] && double.TryParse(percent, out double value)) progress.Report(value / 100);
    }

    private void Run(string program, IEnumerable<string> arguments, string? folder, Action<string> line)
    {
        var options = new HostCommandOptions { Folder = folder, Environment = environment, Cancellation = cancellation };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                HostCommand.Run(program, arguments, options, line);
                return;
            }
            catch (AssetException exception) when (IsLocked(exception) && attempt < LockAttempts)
            {
                // The apt-get of a supermachine that was killed is still at work in this folder; it ends by itself.
                cancellation.WaitHandle.WaitOne(LockInterval);
            }
            catch (AssetException exception)
            {
                throw WithAdvice(exception);
            }
        }
    }

    private static bool IsLocked(AssetException exception) => exception.Message.Contains("Could not get lock", StringComparison.Ordinal);

    private AssetException WithAdvice(AssetException exception) => new(
        $"{exception.Message}\nThe guest comes from the package sources of this host, for {architecture}. If they lack it, or the network is not there, use "
        + "`supermachine assets fetch --mirror ADDRESS [--suite NAME] [--keyring FILE]` or `supermachine assets import --kernel FILE --modules FOLDER --busybox FILE`", exception);

    private string Configuration(string folder, AptOptions options)
    {
        var text = new StringBuilder();
        HostCommand.Run("apt-config", ["dump"], new HostCommandOptions { Cancellation = cancellation }, line =>
        {
            // How to reach the network and whom to trust. Not the host's hooks (some empty the host's cache), nor lists we do not read.
            bool wanted = line.StartsWith("Acquire::", StringComparison.Ordinal) || line.StartsWith("Dir::Etc::", StringComparison.Ordinal);
            if (wanted && !line.StartsWith("Acquire::IndexTargets::", StringComparison.Ordinal)) text.Append(line).Append('\n');
        });
        void Set(string key, string value) => text.Append($"{key} \"{value}\";\n");
        Set("Dir::Etc::main", "/dev/null");
        Set("Dir::Etc::parts", Path.Combine(folder, "conf.d"));
        Set("Dir::State", Path.Combine(folder, "state"));
        Set("Dir::State::lists", Path.Combine(folder, "state/lists"));
        Set("Dir::State::status", Path.Combine(folder, "state/status"));
        Set("Dir::Cache", Path.Combine(folder, "cache"));
        Set("Dir::Log", Path.Combine(folder, "log"));
        Set("APT::Architecture", architecture);
        text.Append($"APT::Architectures {{ \"{architecture}\"; }};\n");
        // As root apt would change to a user who cannot write in our folders.
        Set("APT::Sandbox::User", "");
        Set("Acquire::Languages", "none");
        if (options.Mirror is not null) AppendMirror(folder, options, Set);
        return text.ToString();
    }

    private static void AppendMirror(string folder, AptOptions options, Action<string, string> set)
    {
        string list = Path.Combine(folder, "sources.list");
        string signed = options.Keyring is null ? "" : $"[signed-by={Path.GetFullPath(options.Keyring)}] ";
        File.WriteAllText(list, $"deb {signed}{options.Mirror} {options.Suite} main\n");
        set("Dir::Etc::sourcelist", list);
        set("Dir::Etc::sourceparts", Path.Combine(folder, "conf.d"));
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Supermachine.Runtime.Tests;

/// <summary>From a definition to a machine that runs on a scripted engine.</summary>
public sealed class MachineComposerTests : IDisposable
{
    private const string File = """
        [machine]
        name   = "web"
        memory = "8MiB"

        [boot]
        kernel = "kernel"

        [[device]]
        id   = "disk0"
        kind = "fixture-sample"
        path = "kernel"
        """;

    private readonly TestRuntime runtime = new();

    public MachineComposerTests() => runtime.Write("kernel", "\u001f\u0020\u0003\u00d5");

    public void Dispose() => runtime.Dispose();

    [Fact]
    public async Task A_machine_is_composed_and_runs_to_its_end()
    {
        await using Machine machine = runtime.Get<MachineComposer>().Compose(runtime.Read(File));

        Assert.Equal("web", machine.Name);
        Assert.Contains(machine.Layout.Regions, r => r.Name == "disk0" && r.Interrupts.Single().Label == "ready");
        Assert.Equal(MachineEnding.PoweredOff, machine.Run(CancellationToken.None).Ending);
    }

    [Fact]
    public void A_definition_with_errors_is_refused_with_all_of_them()
    {
        DefinitionException refusal = Assert.Throws<DefinitionException>(() => runtime.Get<MachineComposer>().Compose(runtime.Read(File, "machine.vcpus=0", "device.disk0.mode=x")));

        Assert.Equal(["SM0107", "SM0105"], refusal.Diagnostics.Select(d => d.Code));
        Assert.Contains("--set machine.vcpus: error SM0107", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_cannot_be_made_is_named()
    {
        MachineDefinition definition = runtime.Read(File + "\n[[device]]\nid = \"disk1\"\nkind = \"fixture-fails\"\n");

        DefinitionException refusal = Assert.Throws<DefinitionException>(() => runtime.Get<MachineComposer>().Compose(definition));

        Assert.Equal("test.toml(12,1): error SM0303: device \"disk1\": the disk is on fire", refusal.Message);
    }

    [Fact]
    public async Task A_missing_native_library_is_named_with_its_plugin()
    {
        string folder = runtime.Install("NativeLibrary");

        string said = Assert.Single(await runtime.Check(runtime.Read(File + "\n[[device]]\nid = \"native\"\nkind = \"fixture-native\"\n")));

        Assert.StartsWith(
            $"test.toml(12,1): error SM0212: device \"native\": plugin \"Fixture.NativeLibrary\" (FOLDER/plugins/NativeLibrary/Fixture.NativeLibrary.dll) needs a native library that cannot be loaded: Unable to load shared library 'fixturenative'",
            said,
            StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_kind_of_two_plugins_names_both()
    {
        runtime.Install("UsesV1");
        runtime.Install("RivalKind");

        Assert.Equal(
            "test.toml(14,1): error SM0202: device \"d0\": more than one plugin provides the device kind \"fixture-v1\": plugin \"Fixture.RivalKind\" (FOLDER/plugins/RivalKind/Fixture.RivalKind.dll) and plugin \"Fixture.UsesV1\" (FOLDER/plugins/UsesV1/Fixture.UsesV1.dll)",
            Assert.Single(await runtime.Check(runtime.Read(File + "\n[[device]]\nid = \"d0\"\nkind = \"fixture-v1\"\n"))));
    }

    [Fact]
    public async Task Only_plugins_whose_kinds_are_named_are_loaded()
    {
        runtime.Install("ThrowsInConfigure");
        runtime.Install("OtherMajor");

        Assert.Empty(await runtime.Check(runtime.Read(File)));
        Assert.Equal(
            "test.toml(14,1): error SM0205: device \"d0\": plugin \"Fixture.ThrowsInConfigure\" (FOLDER/plugins/ThrowsInConfigure/Fixture.ThrowsInConfigure.dll) failed in Configure: InvalidOperationException: the moon is in the wrong phase",
            Assert.Single(await runtime.Check(runtime.Read(File + "\n[[device]]\nid = \"d0\"\nkind = \"fixture-throws\"\n"))));
    }

    [Fact]
    public async Task Leaked_contracts_are_a_warning_and_the_machine_starts()
    {
        runtime.Install("LeaksContracts");
        MachineDefinition definition = runtime.Read(File + "\n[[device]]\nid = \"d0\"\nkind = \"fixture-leaks\"\n");

        Assert.StartsWith("test.toml(14,1): warning SM0210: device \"d0\": plugin \"Fixture.LeaksContracts\"", Assert.Single(await runtime.Check(definition)), StringComparison.Ordinal);
        await using Machine machine = runtime.Get<MachineComposer>().Compose(definition);
        Assert.Equal(MachineEnding.PoweredOff, machine.Run(CancellationToken.None).Ending);
    }

    [Fact]
    public async Task The_machine_table_reaches_the_board()
    {
        MachineDefinition definition = runtime.Read(File, "machine.memory=16MiB", "machine.ram_base=0x80000000", "machine.vcpus=3", "machine.on_reset=exit");
        await using Machine machine = runtime.Get<MachineComposer>().Compose(definition);

        Assert.Equal((new GuestAddress(0x8000_0000), 16UL << 20), (machine.Layout.Ram.Address, machine.Layout.Ram.Size));
        Assert.Equal(3, runtime.Engine.Partition!.Options.VcpuCount);
    }

    [Fact]
    public async Task Options_reach_the_device_with_every_type()
    {
        MachineDefinition definition = runtime.Read(
            File,
            $"device.disk0.more_paths=[\"{runtime.Folder}/a\"]", "device.disk0.mode=overlay", "device.disk0.queue_size=64", "device.disk0.small=7", "device.disk0.large=9000000000",
            "device.disk0.ratio=2", "device.disk0.cache=4KiB", "device.disk0.timeout=250ms", "device.disk0.grace=1min", "device.disk0.ports=[1, 2]", "device.disk0.serial=42");
        MachineDescription description = await runtime.Get<MachineDescriber>().DescribeAsync(definition);

        DescribedTable disk = description.Tables.Single(t => t.Header == "[[device]]");
        Assert.Equal("Fixture.Sample", disk.Plugin);
        Assert.Equal(
            [
                "id = \"disk0\"", "kind = \"fixture-sample\"", "path = \"FOLDER/kernel\"", "more_paths = [\"FOLDER/a\"]", "mode = \"overlay\"", "queue_size = 64", "discard = true",
                "small = 7", "large = 9000000000", "ratio = 2", "cache = \"4KiB\"", "timeout = \"250ms\"", "grace = \"1min\"", "ports = [1, 2]", "serial = \"42\"",
            ],
            disk.Keys.Select(k => $"{k.Key} = {k.Value.Replace(runtime.Folder, "FOLDER", StringComparison.Ordinal)}"));
    }

    [Fact]
    public async Task A_description_is_toml_with_every_default_the_map_and_the_interrupts()
    {
        string text = (await runtime.Get<MachineDescriber>().DescribeAsync(runtime.Read(File))).ToString();

        Toml.TomlTable table = Toml.TomlSerializer.Deserialize<Toml.TomlTable>(text)!;
        Assert.Equal("scripted", ((Toml.TomlTable)table["machine"])["engine"]);
        Assert.Equal(1L, ((Toml.TomlTable)table["machine"])["vcpus"]);
        Toml.TomlTable map = (Toml.TomlTable)table["memory_map"];
        Assert.Equal(0x4000_0000L, ((Toml.TomlTable)map["ram"])["address"]);
        Assert.True(((Toml.TomlTable)((Toml.TomlTable)map["disk0"])["interrupts"]).ContainsKey("ready"));
        Assert.Contains("# from Fixture.Sample", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_says_who_cannot_be_captured_and_starts_nothing()
    {
        CheckReport report = await runtime.Get<MachineChecker>().CheckAsync(runtime.Read(File));

        Assert.True(report.Succeeded);
        Assert.Equal(["device \"disk0\" cannot be captured: its kind has no state to save"], report.NotCapturable);
        Assert.Null(runtime.Engine.Partition);
    }

    [Fact]
    public async Task Assets_are_only_asked_for_by_a_check_and_fetched_by_a_composition()
    {
        string file = Path.Combine(runtime.Folder, "asset");
        MachineDefinition definition = runtime.Read(File, "boot.kernel=asset:debian-arm64/kernel", "device.disk0.path=asset:debian-arm64/kernel");

        Assert.Empty(await runtime.Check(definition));
        Assert.False(System.IO.File.Exists(file));
        await using Machine machine = runtime.Get<MachineComposer>().Compose(definition);
        Assert.True(System.IO.File.Exists(file));
    }

    [Fact]
    public void An_asset_that_cannot_be_fetched_is_named()
    {
        MachineDefinition definition = runtime.Read(File, "boot.initrd=asset:debian-arm64/initrd");

        DefinitionException refusal = Assert.Throws<DefinitionException>(() => runtime.Get<MachineComposer>().Compose(definition));

        Assert.Equal("SM0304", Assert.Single(refusal.Diagnostics).Code);
        Assert.True(refusal.IsAssetFailure);
        Assert.Contains("[boot]: asset debian-arm64/initrd cannot be fetched: the mirror is down", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_that_cannot_be_booted_is_said_by_a_check_and_by_a_composition()
    {
        runtime.Write("kernel", "");
        const string Expected = "test.toml(6,1): error SM0305: [boot]: kernel FOLDER/kernel: is empty";

        Assert.Equal(Expected, Assert.Single(await runtime.Check(runtime.Read(File))));
        DefinitionException refusal = Assert.Throws<DefinitionException>(() => runtime.Get<MachineComposer>().Compose(runtime.Read(File)));
        Assert.Equal(Expected, refusal.Message.Replace(runtime.Folder, "FOLDER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_initrd_that_does_not_fit_is_said_at_its_key()
    {
        System.IO.File.WriteAllBytes(Path.Combine(runtime.Folder, "initrd"), new byte[9 << 20]);

        string said = Assert.Single(await runtime.Check(runtime.Read(File, $"boot.initrd={runtime.Folder}/initrd")));

        Assert.StartsWith("--set boot.initrd: error SM0305: [boot]: initrd FOLDER/initrd: does not fit", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_made_for_a_machine_goes_with_it()
    {
        DisposableConsole console = new();
        using TestRuntime own = new(configure: s => s.AddSupermachineConsole<NoOptions>("kept", (_, _) => console));
        own.Write("kernel");
        await using (own.Get<MachineComposer>().Compose(own.Read(File, "console.kind=kept"))) Assert.False(console.IsDisposed);

        Assert.True(console.IsDisposed);
    }

    private sealed class DisposableConsole : IConsoleBackend, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Write(ReadOnlySpan<byte> output)
        {
        }

        public void Start(IConsoleInput input)
        {
        }

        public void Dispose() => IsDisposed = true;
    }
}

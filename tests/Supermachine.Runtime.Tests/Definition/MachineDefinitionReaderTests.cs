namespace Supermachine.Runtime.Tests;

/// <summary>A file with every table once.</summary>
public sealed class MachineDefinitionReaderTests
{
    private const string Whole = """
        [machine]
        name   = "web"
        engine = "auto"
        vcpus  = 2
        memory = "512MiB"
        on_reset = "restart"

        [plugins]
        paths = ["."]

        [boot]
        kernel  = "asset:debian-arm64/kernel"
        initrd  = "asset:debian-arm64/initrd"
        cmdline = "console=ttyAMA0 quiet"

        [console]
        kind = "stdio"

        [[device]]
        id   = "disk0"
        kind = "virtio-blk"
        path = "web.ext4"
        mode = "overlay"
        serial = "web-0"

        [[device]]
        id   = "vsock0"
        kind = "virtio-vsock"
        cid  = 3

        [egress]
        kind  = "egress-policy"
        mode  = "allowlist"
        rules = ["api.example.com:443", "192.0.2.0/24:8000-8999"]

        [[endpoint]]
        id     = "http"
        kind   = "tcp"
        listen = "127.0.0.1:8080"
        guest_port = 80
        wait   = "5s"

        [[endpoint]]
        id   = "exec"
        kind = "exec"
        path = "run/web.exec"

        [snapshot]
        path    = "web.snap"
        after   = "2s"
        on_listener  = true
        at_heartbeat = 3
        quiesce = "100ms"

        [restore]
        from  = "."
        mode  = "cow"
        clock = "step"

        [pool]
        min = 1
        max = 8
        idle_timeout    = "60s"
        acquire_timeout = "5s"
        restore_on_release = true
        """;

    [Fact]
    public void Every_table_is_read_and_what_is_not_there_yet_is_refused_by_name()
    {
        using TestRuntime runtime = new();
        MachineDefinition definition = runtime.Read(Whole);

        Assert.Equal(["[snapshot]", "[restore]", "[pool]"], definition.Diagnostics.Select(d => d.Message.Split(':')[0]));
        Assert.All(definition.Diagnostics, d => Assert.Equal("SM0301", d.Code));
        Assert.Equal(new MachineSection { Name = "web", Vcpus = 2 }, definition.Machine);
        Assert.Equal([runtime.Folder], definition.Plugins.Paths);
        Assert.Equal(("asset:debian-arm64/kernel", "asset:debian-arm64/initrd", "console=ttyAMA0 quiet"), (definition.Boot.Kernel, definition.Boot.Initrd, definition.Boot.Cmdline));
        Assert.Equal("stdio", definition.Console.Kind);
        Assert.Equal([("disk0", "virtio-blk"), ("vsock0", "virtio-vsock")], definition.Devices.Select(d => (d.Id, d.Kind)));
        Assert.Equal("egress-policy", definition.Egress?.Kind);
        Assert.Equal([("http", 80u), ("exec", null)], definition.Endpoints.Select(e => (e.Id, e.Endpoint?.GuestPort)));
        Assert.Equal(TimeSpan.FromSeconds(5), definition.Endpoints[0].Endpoint?.Wait);
        Assert.Equal(
            new SnapshotSection { Path = Path.Combine(runtime.Folder, "web.snap"), After = TimeSpan.FromSeconds(2), OnListener = true, AtHeartbeat = 3, Quiesce = TimeSpan.FromMilliseconds(100) },
            definition.Snapshot);
        Assert.Equal(new RestoreSection { From = runtime.Folder }, definition.Restore);
        Assert.Equal(new PoolSection(), definition.Pool);
    }

    [Fact]
    public async Task Kinds_that_nobody_provides_are_each_named()
    {
        using TestRuntime runtime = new();
        string[] said = await runtime.Check(runtime.Read(Whole));

        Assert.Equal(["virtio-blk", "virtio-vsock", "egress-policy", "tcp", "exec"], said.Where(l => l.Contains("SM0201", StringComparison.Ordinal)).Select(l => l.Split("kind \"")[1].Split('"')[0]));
    }
}

namespace Supermachine.Runtime.Tests;

/// <summary>The command line over the file.</summary>
public sealed class OverrideTests : IDisposable
{
    private const string File = """
        [machine]
        vcpus = 2

        [boot]
        kernel  = "kernel"
        cmdline = "console=ttyAMA0"

        [[device]]
        id   = "disk0"
        kind = "fixture-sample"
        path = "kernel"
        """;

    private readonly TestRuntime runtime = new();

    public OverrideTests() => runtime.Write("kernel");

    public void Dispose() => runtime.Dispose();

    [Theory]
    [InlineData("boot.cmdline=quiet", "quiet")]
    [InlineData("boot.cmdline=\"quiet splash\"", "quiet splash")]
    [InlineData("boot.cmdline=console=hvc0 quiet", "console=hvc0 quiet")]
    [InlineData("boot.cmdline=17", "17")]
    [InlineData("boot.cmdline=true", "true")]
    [InlineData("boot.cmdline=", "")]
    [InlineData("boot.cmdline+=quiet", "console=ttyAMA0 quiet")]
    [InlineData("boot . cmdline=quiet", null)]
    public void A_key_takes_a_value_or_a_bare_text(string set, string? expected)
    {
        if (expected is null) Assert.Throws<FormatException>(() => DefinitionOverride.Parse(set));
        else Assert.Equal(expected, runtime.Read(File, set).Boot.Cmdline);
    }

    [Fact]
    public void Later_overrides_win_and_unset_keys_stay()
    {
        MachineDefinition definition = runtime.Read(File, "machine.vcpus=3", "machine.memory=1GiB", "machine.vcpus=4");

        Assert.Empty(definition.Diagnostics);
        Assert.Equal(4, definition.Machine.Vcpus);
        Assert.Equal(new ByteSize(1UL << 30), definition.Machine.Memory);
        Assert.Equal("console=ttyAMA0", definition.Boot.Cmdline);
    }

    [Fact]
    public async Task An_error_of_an_override_says_where_it_was_made()
    {
        MachineDefinition definition = runtime.Read(File, "machine.vcpus=many", "device.disk0.queue_size=300", "machine.memry=1GiB");

        Assert.Equal(
            [
                "--set machine.vcpus: error SM0103: [machine]: vcpus must be an integer, was the string \"many\"",
                "--set device.disk0.queue_size: error SM0107: device \"disk0\": queue_size must be between 1 and 256, was 300",
                "--set machine.memry: error SM0101: [machine]: unknown key \"memry\"; did you mean \"memory\"?",
            ],
            await runtime.Check(definition));
    }

    [Fact]
    public void A_part_is_addressed_by_its_id_and_made_when_it_is_new()
    {
        string path = runtime.Write("other");
        MachineDefinition definition = runtime.Read(File, $"device.disk0.path={path}", "device.disk1.kind=fixture-sample", $"device.disk1.path={path}");

        Assert.Empty(definition.Diagnostics);
        Assert.Equal(["disk0", "disk1"], definition.Devices.Select(d => d.Id));
    }

    [Fact]
    public void A_part_can_be_given_as_a_table()
    {
        MachineDefinition definition = runtime.Read(File, "device.disk1={kind=\"fixture-sample\", queue_size=2}");

        Assert.Equal("fixture-sample", definition.Devices[1].Kind);
    }

    [Fact]
    public void A_mistyped_id_is_not_a_silent_new_part() =>
        Assert.Equal(
            "--set device.dsk0.path: error SM0102: device \"dsk0\": key \"kind\" is missing; an override of an id that the file does not have makes a new part",
            Assert.Single(runtime.Read(File, "device.dsk0.path=x").Diagnostics).ToString());

    [Theory]
    [InlineData("boot.kernel.x=1", "--set boot.kernel.x: error SM0003: \"kernel\" is the string \"kernel\", so it has no keys")]
    [InlineData("device.disk0=1", "--set device.disk0: error SM0003: \"device.disk0\" is a part: set one of its keys, as device.disk0.kind, or give it a table")]
    [InlineData("machine.vcpus+=1", "--set machine.vcpus: error SM0003: \"machine.vcpus\" is the integer 2: nothing can be added to it")]
    public void An_override_that_fits_nowhere_is_refused(string set, string expected) =>
        Assert.Equal(expected, Assert.Single(runtime.Read(File, set).Diagnostics).ToString());

    [Theory]
    [InlineData("boot.cmdline")]
    [InlineData("=x")]
    [InlineData("boot..cmdline=x")]
    [InlineData("boot.=x")]
    [InlineData("\"boot=x")]
    public void A_setting_that_is_none_is_refused(string set) => Assert.Throws<FormatException>(() => DefinitionOverride.Parse(set));

    [Fact]
    public async Task A_machine_can_be_given_by_overrides_alone()
    {
        string kernel = runtime.Write("kernel");
        MachineDefinition definition = runtime.Get<MachineDefinitionReader>().Read(null, DefinitionOverride.Set("boot.kernel", kernel), DefinitionOverride.Set("boot.cmdline", "[quiet]"));

        Assert.Empty(await runtime.Check(definition));
        Assert.Equal(kernel, definition.Boot.Kernel);
        Assert.Equal("[quiet]", definition.Boot.Cmdline);
    }

    [Fact]
    public void Nothing_at_all_lacks_a_kernel() =>
        Assert.Equal("command line: error SM0102: [boot]: key \"kernel\" is missing", Assert.Single(runtime.Get<MachineDefinitionReader>().Read(null).Diagnostics).ToString());

    [Fact]
    public void An_overrides_path_starts_from_where_the_person_stands_and_a_files_from_the_file()
    {
        MachineDefinition definition = runtime.Read(File, "boot.initrd=no-such-initrd");

        Assert.Equal(Path.Combine(runtime.Folder, "kernel"), definition.Boot.Kernel);
        Assert.Equal("--set boot.initrd: error SM0108: [boot]: initrd: there is no file or folder \"no-such-initrd\"", Assert.Single(definition.Diagnostics).ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_error() =>
        Assert.Equal("no/such.toml: error SM0002: the machine file cannot be read: there is no such file", Assert.Single(runtime.Get<MachineDefinitionReader>().Read("no/such.toml").Diagnostics).ToString());
}

using Microsoft.Extensions.Logging;
using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

public sealed class MmioBusTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly MmioBus _bus;

    public MmioBusTests() => _bus = new MmioBus(_time);

    [Fact]
    public void Each_address_reaches_the_device_whose_window_holds_it_and_no_other()
    {
        foreach (ulong address in new ulong[] { 0x3000, 0x1000, 0x1200, 0x8000 })
            _bus.Add($"dev{address:x}", new(address), new EchoDevice((byte)(address >> 8)), _log);

        Assert.Equal([0x1000ul, 0x1200ul, 0x3000ul, 0x8000ul], _bus.Slots.Select(slot => slot.Address.Value));
        for (ulong address = 0; address < 0x9000; address += 0x100)
        {
            ulong? expected = new ulong[] { 0x1000, 0x1200, 0x3000, 0x8000 }.Cast<ulong?>().FirstOrDefault(start => address >= start && address < start + 0x200);
            Assert.Equal(expected is not null, _bus.TryRead(address, AccessWidth.Byte, 0, out ulong value));
            if (expected is { } found) Assert.Equal((byte)(found >> 8), value);
            Assert.Equal(expected is not null, _bus.TryWrite(address, AccessWidth.Byte, 0, 0));
        }
    }

    [Theory]
    [InlineData(0x1000, AccessWidth.Byte, 0xff)]
    [InlineData(0x1000, AccessWidth.HalfWord, 0xffff)]
    [InlineData(0x1000, AccessWidth.Word, 0xffff_ffff)]
    [InlineData(0x1000, AccessWidth.DoubleWord, ulong.MaxValue)]
    public void A_refused_read_gives_ones_of_its_width(ulong address, AccessWidth width, ulong ones)
    {
        _bus.Add("dev0", new(0x1000), new EchoDevice(0) { Result = MmioResult.NoSuchRegister }, _log);
        Assert.True(_bus.TryRead(address, width, 3, out ulong value));
        Assert.Equal(ones, value);
    }

    [Fact]
    public void Width_and_alignment_are_checked_before_the_device_is_asked()
    {
        var device = new EchoDevice(7) { Window = new MmioWindow(0x200) };
        _bus.Add("dev0", new(0x1000), device, _log);
        Assert.True(_bus.TryRead(0x1000, AccessWidth.Byte, 0, out ulong narrow));
        Assert.True(_bus.TryRead(0x1002, AccessWidth.Word, 0, out ulong crooked));
        Assert.True(_bus.TryWrite(0x11fe, AccessWidth.Word, 5, 0));
        Assert.Equal((0xfful, 0xffff_fffful), (narrow, crooked));
        Assert.Equal(0, device.Accesses);
        Assert.True(_bus.TryRead(0x11fc, AccessWidth.Word, 0, out _));
        Assert.Equal(1, device.Accesses);
    }

    [Fact]
    public void Refusals_are_logged_once_a_second_with_device_register_and_vcpu()
    {
        _bus.Add("disk0", new(0x1000), new EchoDevice(0) { Result = MmioResult.NotPermitted }, _log);
        for (int i = 0; i < 1000; i++) _bus.TryWrite(0x1040, AccessWidth.Word, 1, 2);
        (LogLevel level, string first) = Assert.Single(_log.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("\"disk0\": vCPU 2: write of 4 bytes at register 0x40: not permitted", first, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(1));
        _bus.TryRead(0x1044, AccessWidth.Word, 0, out _);
        Assert.Equal(2, _log.Entries.Count);
        Assert.Contains("999 like it not logged", _log.Entries[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x1000, 0x100u)]
    [InlineData(0x1000, 0x300u)]
    [InlineData(0x1000, 0x2000_0000u)]
    [InlineData(0x1100, 0x200u)]
    public void Misshapen_windows_are_refused_by_name(ulong address, uint size)
    {
        var failure = Assert.Throws<ArgumentException>(() => _bus.Add("dev0", new(address), new EchoDevice(0) { Window = new MmioWindow(size) }, _log));
        Assert.Contains("dev0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlapping_windows_are_refused_with_both_names()
    {
        _bus.Add("first", new(0x1000), new EchoDevice(0), _log);
        var failure = Assert.Throws<ArgumentException>(() => _bus.Add("second", new(0x1000), new EchoDevice(0), _log));
        Assert.Contains("first", failure.Message, StringComparison.Ordinal);
        Assert.Contains("second", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_sees_one_access_at_a_time()
    {
        var device = new EchoDevice(0);
        _bus.Add("dev0", new(0x1000), device, _log);
        Parallel.For(0, 4, vcpu =>
        {
            for (int i = 0; i < 5000; i++) _bus.TryWrite(0x1000, AccessWidth.Word, 0, vcpu);
        });
        Assert.Equal(20000, device.Accesses);
    }

    private sealed class EchoDevice(byte answer) : IMmioDevice
    {
        private int _inside;

        public MmioWindow Window { get; init; } = new(0x200, AccessWidths.Any);

        public MmioResult Result { get; init; }

        public int Accesses { get; private set; }

        public MmioResult Read(uint offset, AccessWidth width, out ulong value)
        {
            value = answer;
            Accesses++;
            return Result;
        }

        public MmioResult Write(uint offset, AccessWidth width, ulong value)
        {
            Assert.Equal(1, Interlocked.Increment(ref _inside));
            Accesses++;
            Assert.Equal(0, Interlocked.Decrement(ref _inside));
            return Result;
        }
    }
}

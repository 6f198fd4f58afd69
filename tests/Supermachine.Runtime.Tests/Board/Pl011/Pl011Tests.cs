using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

/// <summary>Against ARM DDI 0183G; section numbers are of that manual.</summary>
public sealed class Pl011Tests
{
    private const uint RXRIS = 1 << 4;
    private const uint TXRIS = 1 << 5;
    private const uint RTRIS = 1 << 6;
    private const uint RXFE = 1 << 4;
    private const uint TXFF = 1 << 5;
    private const uint RXFF = 1 << 6;
    private const uint TXFE = 1 << 7;
    private const uint BUSY = 1 << 3;

    private readonly List<byte> _sent = [];
    private readonly Pl011 _uart;
    private int _room = int.MaxValue;

    public Pl011Tests()
    {
        _uart = new Pl011(value =>
        {
            if (_room-- <= 0) return false;
            _sent.Add(value);
            return true;
        });
        _uart.Reset();
    }

    [Fact]
    public void It_sends_with_reset_values()
    {
        foreach (char letter in "early") Write(Pl011.UARTDR, letter);
        Assert.Equal("early"u8.ToArray(), _sent);
    }

    /// <summary>3.2, table 3-1.</summary>
    [Theory]
    [InlineData(0x000, 0)]
    [InlineData(0x004, 0)]
    [InlineData(0x018, 0x97)]
    [InlineData(0x020, 0)]
    [InlineData(0x024, 0)]
    [InlineData(0x028, 0)]
    [InlineData(0x02c, 0)]
    [InlineData(0x030, 0x300)]
    [InlineData(0x034, 0x12)]
    [InlineData(0x038, 0)]
    [InlineData(0x03c, 0)]
    [InlineData(0x040, 0)]
    [InlineData(0x048, 0)]
    [InlineData(0xfe0, 0x11)]
    [InlineData(0xfe4, 0x10)]
    [InlineData(0xfe8, 0x34)]
    [InlineData(0xfec, 0x00)]
    [InlineData(0xff0, 0x0d)]
    [InlineData(0xff4, 0xf0)]
    [InlineData(0xff8, 0x05)]
    [InlineData(0xffc, 0xb1)]
    public void Registers_have_their_reset_values(uint offset, uint value) => Assert.Equal(value, Read(offset));

    [Theory]
    [InlineData(0x020, 0xff)]
    [InlineData(0x024, 0xffff)]
    [InlineData(0x028, 0x3f)]
    [InlineData(0x02c, 0xff)]
    [InlineData(0x030, 0xff87)]
    [InlineData(0x034, 0x3f)]
    [InlineData(0x038, 0x7ff)]
    [InlineData(0x048, 0x7)]
    public void Writable_registers_keep_exactly_their_bits(uint offset, uint bits)
    {
        Write(offset, uint.MaxValue);
        Assert.Equal(bits, Read(offset));
        Write(offset, 0);
        Assert.Equal(0u, Read(offset));
    }

    [Fact]
    public void Other_offsets_are_no_registers_and_directions_are_kept()
    {
        Assert.Equal(MmioResult.NoSuchRegister, _uart.Read(0x008, out _));
        Assert.Equal(MmioResult.NoSuchRegister, _uart.Write(0x100, 0));
        Assert.Equal(MmioResult.NotPermitted, _uart.Read(Pl011.UARTICR, out _));
        Assert.Equal(MmioResult.NotPermitted, _uart.Write(Pl011.UARTFR, 0));
        Assert.Equal(MmioResult.NotPermitted, _uart.Write(0xfe0, 0));
    }

    /// <summary>2.8.3: the transmit interrupt is for passing through the level; UARTICR clears it.</summary>
    [Fact]
    public void The_transmit_interrupt_follows_a_sent_byte_and_can_be_cleared()
    {
        Write(Pl011.UARTIMSC, TXRIS);
        Assert.False(_uart.IsInterruptAsserted);
        Write(Pl011.UARTDR, 'a');
        Assert.True(_uart.IsInterruptAsserted);
        Assert.Equal(TXRIS, Read(Pl011.UARTMIS));
        Write(Pl011.UARTICR, TXRIS);
        Assert.False(_uart.IsInterruptAsserted);
        _uart.Drain();
        Assert.False(_uart.IsInterruptAsserted);
    }

    /// <summary>2.8.2, 3.3.9: each level of UARTIFLS, with the FIFO on.</summary>
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 24)]
    [InlineData(4, 28)]
    public void The_receive_interrupt_stands_from_its_level_on(uint select, int level)
    {
        Write(Pl011.UARTLCR_H, 0x10);
        Write(Pl011.UARTIFLS, select << 3);
        for (int count = 1; count <= Pl011.FifoDepth; count++)
        {
            Assert.Equal(1, _uart.Receive([1]));
            Assert.Equal(count >= level, (Read(Pl011.UARTRIS) & RXRIS) != 0);
        }

        Assert.Equal(0, _uart.Receive([1]));
        Assert.Equal(RXFF, Read(Pl011.UARTFR) & RXFF);
    }

    /// <summary>2.8.4.</summary>
    [Fact]
    public void The_timeout_interrupt_stands_until_the_fifo_is_read_empty()
    {
        Write(Pl011.UARTLCR_H, 0x10);
        Write(Pl011.UARTIMSC, RTRIS);
        _uart.Receive("ab"u8);
        Assert.Equal(RTRIS, Read(Pl011.UARTMIS));
        Assert.Equal('a', (char)Read(Pl011.UARTDR));
        Assert.Equal(RTRIS, Read(Pl011.UARTMIS));
        Assert.Equal('b', (char)Read(Pl011.UARTDR));
        Assert.Equal(0u, Read(Pl011.UARTMIS));
        Assert.Equal(RXFE, Read(Pl011.UARTFR) & RXFE);
    }

    [Fact]
    public void Without_fifos_a_holding_register_takes_one_byte()
    {
        Assert.Equal(1, _uart.Receive("ab"u8));
        Assert.Equal(RXRIS | RTRIS, Read(Pl011.UARTRIS));
        Assert.Equal('a', (char)Read(Pl011.UARTDR));
        Assert.Equal(0u, Read(Pl011.UARTRIS));
    }

    [Fact]
    public void A_full_other_end_fills_the_transmit_fifo_and_loses_nothing()
    {
        Write(Pl011.UARTLCR_H, 0x10);
        Write(Pl011.UARTIFLS, 0x12);
        _room = 0;
        for (int i = 0; i < Pl011.FifoDepth; i++)
        {
            Assert.Equal(0u, Read(Pl011.UARTFR) & TXFF);
            Write(Pl011.UARTDR, (uint)i);
        }

        Assert.Equal(TXFF | BUSY, Read(Pl011.UARTFR) & (TXFF | BUSY | TXFE));
        Assert.Equal(0u, Read(Pl011.UARTRIS) & TXRIS);
        _room = 15;
        _uart.Drain();
        Assert.Equal(0u, Read(Pl011.UARTRIS) & TXRIS);
        _room = 1;
        _uart.Drain();
        Assert.Equal(TXRIS, Read(Pl011.UARTRIS) & TXRIS);
        _room = int.MaxValue;
        _uart.Drain();
        Assert.Equal(Enumerable.Range(0, Pl011.FifoDepth).Select(value => (byte)value), _sent);
        Assert.Equal(TXFE, Read(Pl011.UARTFR) & (TXFF | BUSY | TXFE));
    }

    /// <summary>2.4.6.</summary>
    [Fact]
    public void Loopback_brings_bytes_and_modem_lines_back_and_sends_nothing()
    {
        Write(Pl011.UARTCR, 0x0b81 | (1 << 12));
        Assert.Equal(0x5u, Read(Pl011.UARTFR) & 0x107);
        Write(Pl011.UARTDR, 'x');
        Assert.Equal('x', (char)Read(Pl011.UARTDR));
        Assert.Empty(_sent);
        Write(Pl011.UARTDR, 'y');
        Write(Pl011.UARTDR, 'z');
        Assert.Equal(8u, Read(Pl011.UARTRSR));
        Write(Pl011.UARTRSR, 0);
        Assert.Equal(0u, Read(Pl011.UARTRSR));
    }

    [Fact]
    public void A_receiver_is_watched_by_interrupt_or_by_polling_and_not_by_a_transmitter()
    {
        Assert.False(_uart.IsReceiverWatched);
        for (int i = 0; i < 100; i++)
        {
            Read(Pl011.UARTFR);
            Write(Pl011.UARTDR, 'x');
            Read(Pl011.UARTFR);
        }

        Assert.False(_uart.IsReceiverWatched);
        for (int i = 0; i < 20; i++) Read(Pl011.UARTFR);
        Assert.True(_uart.IsReceiverWatched);
        Write(Pl011.UARTDR, 'x');
        Assert.False(_uart.IsReceiverWatched);
        Write(Pl011.UARTIMSC, RTRIS);
        Assert.True(_uart.IsReceiverWatched);
    }

    [Fact]
    public void State_makes_the_round_trip()
    {
        Write(Pl011.UARTLCR_H, 0x70);
        Write(Pl011.UARTCR, 0x301);
        Write(Pl011.UARTIBRD, 13);
        Write(Pl011.UARTFBRD, 1);
        Write(Pl011.UARTIMSC, 0x50);
        Write(Pl011.UARTIFLS, 0x09);
        Write(Pl011.UARTILPR, 3);
        Write(Pl011.UARTDMACR, 2);
        _room = 0;
        Write(Pl011.UARTDR, 'q');
        _uart.Receive("typed"u8);
        FakeSnapshot snapshot = new() { Schema = Pl011State.Schema };
        snapshot.Writer.State(_uart.Save());

        List<byte> sent = [];
        var restored = new Pl011(value =>
        {
            sent.Add(value);
            return true;
        });
        restored.Reset();
        restored.Restore(snapshot.Reader.State<Pl011State>());
        for (uint offset = 0x18; offset < 0x4c; offset += 4)
        {
            Assert.Equal(_uart.Read(offset, out ulong expected), restored.Read(offset, out ulong actual));
            Assert.Equal(expected, actual);
        }

        Assert.Equal(_uart.IsInterruptAsserted, restored.IsInterruptAsserted);
        restored.Drain();
        Assert.Equal("q"u8.ToArray(), sent);
        foreach (char letter in "typed")
        {
            restored.Read(Pl011.UARTDR, out ulong value);
            Assert.Equal(letter, (char)value);
        }
    }

    [Fact]
    public void Damaged_state_is_refused_by_name()
    {
        FakeSnapshot snapshot = new() { Schema = Pl011State.Schema };
        snapshot.Writer.State(_uart.Save());
        snapshot.Integers[7] = 0x1000;
        Assert.Contains("UARTIMSC", Assert.Throws<InvalidDataException>(() => snapshot.Reader.State<Pl011State>()).Message, StringComparison.Ordinal);
        snapshot.Integers[7] = 0;
        snapshot.Blobs[12] = new byte[33];
        Assert.Contains("receive FIFO", Assert.Throws<InvalidDataException>(() => snapshot.Reader.State<Pl011State>()).Message, StringComparison.Ordinal);
    }

    private uint Read(uint offset)
    {
        Assert.Equal(MmioResult.Ok, _uart.Read(offset, out ulong value));
        return (uint)value;
    }

    private void Write(uint offset, uint value) => Assert.Equal(MmioResult.Ok, _uart.Write(offset, value));
}

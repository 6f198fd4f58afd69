using System.Diagnostics;

namespace Supermachine.Runtime;

/// <summary>
/// PrimeCell UART (PL011), ARM DDI 0183G, revision r1p5. The line is infinitely fast: a byte leaves as soon as the other end takes
/// it, and the receive timeout (2.8.4) has always elapsed. Modem inputs are held active, so a guest with flow control can send.
/// </summary>
/// <param name="transmit">Takes one byte, or answers false when the other end has no room; then <see cref="Drain"/> is called later.</param>
internal sealed class Pl011(Func<byte, bool> transmit)
{
    public const int FifoDepth = 32;
    public const uint WindowSize = 0x1000;

    // 3.2, table 3-1: offsets.
    public const uint UARTDR = 0x000;
    public const uint UARTRSR = 0x004;
    public const uint UARTFR = 0x018;
    public const uint UARTILPR = 0x020;
    public const uint UARTIBRD = 0x024;
    public const uint UARTFBRD = 0x028;
    public const uint UARTLCR_H = 0x02c;
    public const uint UARTCR = 0x030;
    public const uint UARTIFLS = 0x034;
    public const uint UARTIMSC = 0x038;
    public const uint UARTRIS = 0x03c;
    public const uint UARTMIS = 0x040;
    public const uint UARTICR = 0x044;
    public const uint UARTDMACR = 0x048;
    public const uint UARTPeriphID0 = 0xfe0;

    // Guests that poll for input read UARTFR over and over; no transmitter reads it so often between two other accesses.
    private const int PollsOfAReceiver = 16;

    // 3.3.1, bit 11 of UARTDR; the other error bits need a real line.
    private const ushort OverrunError = 1 << 11;

    // 3.3.15 to 3.3.22: UARTPeriphID0-3, UARTPCellID0-3.
    private static ReadOnlySpan<byte> Identification => [0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

    // 3.3.9, table 3-10: 1/8, 1/4, 1/2, 3/4, 7/8 of the FIFO; the rest is reserved.
    private static ReadOnlySpan<byte> TriggerLevels => [4, 8, 16, 24, 28, 28, 28, 28];

    private readonly ByteFifo _receive = new(FifoDepth);
    private readonly ByteFifo _transmit = new(FifoDepth);
    private uint _ilpr, _ibrd, _fbrd, _dmacr, _ifls, _imsc, _latched, _rsr;
    private LineControl _lcr;
    private Control _cr;
    private int _polls;
    private bool _transmitArmed;

    /// <summary>The level of UARTINTR (2.8.6).</summary>
    public bool IsInterruptAsserted => (RawInterrupts & _imsc) != 0;

    /// <summary>
    /// Whether somebody in the guest waits for input: by interrupt or by polling. Linux throws away what it finds in the FIFO when it
    /// opens the port, so a sender that must not lose anything waits for this.
    /// </summary>
    public bool IsReceiverWatched => (_imsc & (uint)(Interrupts.Receive | Interrupts.ReceiveTimeout)) != 0 || _polls >= PollsOfAReceiver;

    /// <summary>How many more bytes the receive FIFO takes.</summary>
    public int ReceiveRoom => Depth - _receive.Count;

    /// <summary>Whether bytes wait for <see cref="Drain"/>.</summary>
    public bool IsTransmitPending => _transmit.Count > 0;

    // 3.3.7, FEN: without FIFOs each direction has a one-byte holding register.
    private bool HasFifos => (_lcr & LineControl.FEN) != 0;

    private int Depth => HasFifos ? FifoDepth : 1;

    private int ReceiveTrigger => HasFifos ? TriggerLevels[(int)(_ifls >> 3) & 7] : 1;

    private int TransmitTrigger => HasFifos ? TriggerLevels[(int)_ifls & 7] : 0;

    private bool IsLooped => (_cr & Control.LBE) != 0;

    private uint RawInterrupts => _latched | (_receive.Count >= ReceiveTrigger ? (uint)Interrupts.Receive : 0);

    /// <summary>The reset values of table 3-1.</summary>
    public void Reset()
    {
        _receive.Clear();
        _transmit.Clear();
        _ilpr = _ibrd = _fbrd = _dmacr = _imsc = _latched = _rsr = 0;
        _ifls = 0x12;
        _lcr = LineControl.None;
        _cr = Control.RXE | Control.TXE;
        (_polls, _transmitArmed) = (0, false);
    }

    public MmioResult Read(uint offset, out ulong value)
    {
        _polls = offset == UARTFR ? Math.Min(_polls + 1, PollsOfAReceiver) : _polls;
        uint? register = offset switch
        {
            UARTDR => ReadData(),
            UARTRSR => _rsr,
            UARTFR => (uint)Flags(),
            UARTILPR => _ilpr,
            UARTIBRD => _ibrd,
            UARTFBRD => _fbrd,
            UARTLCR_H => (uint)_lcr,
            UARTCR => (uint)_cr,
            UARTIFLS => _ifls,
            UARTIMSC => _imsc,
            UARTRIS => RawInterrupts,
            UARTMIS => RawInterrupts & _imsc,
            UARTDMACR => _dmacr,
            >= UARTPeriphID0 and < WindowSize when offset % 4 == 0 => Identification[(int)(offset - UARTPeriphID0) / 4],
            _ => null,
        };
        value = register ?? 0;
        if (register is not null) return MmioResult.Ok;
        return offset == UARTICR ? MmioResult.NotPermitted : MmioResult.NoSuchRegister;
    }

    public MmioResult Write(uint offset, uint value)
    {
        if (offset != UARTFR) _polls = 0;
        switch (offset)
        {
            case UARTDR: WriteData((byte)value); break;
            case UARTRSR: _rsr = 0; break;
            case UARTILPR: _ilpr = value & 0xff; break;
            case UARTIBRD: _ibrd = value & 0xffff; break;
            case UARTFBRD: _fbrd = value & 0x3f; break;
            case UARTLCR_H: WriteLineControl((LineControl)(value & 0xff)); break;
            case UARTCR: _cr = (Control)(value & 0xff87); break;
            case UARTIFLS: _ifls = value & 0x3f; break;
            case UARTIMSC: _imsc = value & (uint)Interrupts.All; break;
            case UARTICR: _latched &= ~value; break;
            case UARTDMACR: _dmacr = value & 7; break;
            case UARTFR or UARTRIS or UARTMIS or >= UARTPeriphID0: return MmioResult.NotPermitted;
            default: return MmioResult.NoSuchRegister;
        }

        return MmioResult.Ok;
    }

    /// <summary>Takes bytes from the line, as many as the FIFO has room for.</summary>
    /// <returns>How many were taken.</returns>
    public int Receive(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, Math.Max(ReceiveRoom, 0));
        foreach (byte each in bytes[..taken]) _receive.Push(each);
        if (taken > 0) NoteReceived();
        return taken;
    }

    /// <summary>Sends what waits, until the other end is full again.</summary>
    public void Drain()
    {
        while (_transmit.Count > 0 && transmit(_transmit.Peek())) _transmit.Pop();

        // 2.8.3: asserted when what was written has sunk to the level, not for being below it; cleared by filling beyond it.
        if (_transmit.Count > TransmitTrigger)
        {
            _latched &= ~(uint)Interrupts.Transmit;
            return;
        }

        if (!_transmitArmed) return;
        _transmitArmed = false;
        _latched |= (uint)Interrupts.Transmit;
    }

    public Pl011State Save() => new()
    {
        LinePower = _ilpr, BaudInteger = _ibrd, BaudFraction = _fbrd, LineControl = (uint)_lcr, Control = (uint)_cr, FifoLevels = _ifls,
        InterruptMask = _imsc, LatchedInterrupts = _latched, ReceiveStatus = _rsr, DmaControl = _dmacr, TransmitArmed = _transmitArmed,
        ReceiveFifo = _receive.ToArray(), TransmitFifo = _transmit.ToArray(),
    };

    public void Restore(Pl011State state)
    {
        Debug.Assert(state.ReceiveFifo.Length <= FifoDepth && state.TransmitFifo.Length <= FifoDepth, "validated by Pl011State");
        (_ilpr, _ibrd, _fbrd, _lcr, _cr) = (state.LinePower, state.BaudInteger, state.BaudFraction, (LineControl)state.LineControl, (Control)state.Control);
        (_ifls, _imsc, _latched, _rsr, _dmacr) = (state.FifoLevels, state.InterruptMask, state.LatchedInterrupts, state.ReceiveStatus, state.DmaControl);
        (_transmitArmed, _polls) = (state.TransmitArmed, 0);
        _receive.Fill(state.ReceiveFifo.Span);
        _transmit.Fill(state.TransmitFifo.Span);
    }

    private uint ReadData()
    {
        uint data = _receive.Count > 0 ? _receive.Pop() : 0u;
        uint overrun = (_rsr & 8) != 0 ? OverrunError : 0u;
        if (_receive.Count == 0) _latched &= ~(uint)Interrupts.ReceiveTimeout;
        else NoteReceived();
        return data | overrun;
    }

    // 2.8.4: the timeout interrupt stands while unread data lies still, which on this line is always.
    private void NoteReceived() => _latched |= (uint)Interrupts.ReceiveTimeout;

    // Sends with the reset values too, and with UARTEN clear: early guest code writes UARTDR without any setup.
    private void WriteData(byte value)
    {
        if (IsLooped)
        {
            LoopBack(value);
            return;
        }

        if (_transmit.Count >= Depth) return;
        _transmit.Push(value);
        _transmitArmed = true;
        Drain();
    }

    private void LoopBack(byte value)
    {
        if (Receive([value]) == 1) _latched |= (uint)Interrupts.Transmit;
        else (_rsr, _latched) = (_rsr | 8, _latched | (uint)Interrupts.Overrun);
    }

    // 3.3.7: disabling the FIFOs makes them one-byte holding registers. What they held is gone.
    private void WriteLineControl(LineControl value)
    {
        if (((value ^ _lcr) & LineControl.FEN) != 0)
        {
            _receive.Clear();
            _latched &= ~(uint)Interrupts.ReceiveTimeout;
        }

        _lcr = value;
    }

    private FlagBits Flags()
    {
        FlagBits flags = IsLooped ? LoopedModem() : FlagBits.CTS | FlagBits.DSR | FlagBits.DCD;
        if (_receive.Count == 0) flags |= FlagBits.RXFE;
        if (_receive.Count >= Depth) flags |= FlagBits.RXFF;
        if (_transmit.Count == 0) return flags | FlagBits.TXFE;
        flags |= FlagBits.BUSY;
        return _transmit.Count >= Depth ? flags | FlagBits.TXFF : flags;
    }

    // 2.4.6: in loopback the modem outputs feed the modem inputs.
    private FlagBits LoopedModem() =>
        ((_cr & Control.RTS) != 0 ? FlagBits.CTS : 0) | ((_cr & Control.DTR) != 0 ? FlagBits.DSR : 0)
        | ((_cr & Control.Out1) != 0 ? FlagBits.DCD : 0) | ((_cr & Control.Out2) != 0 ? FlagBits.RI : 0);

    // 3.3.3.
    [Flags]
    private enum FlagBits : uint
    {
        CTS = 1 << 0, DSR = 1 << 1, DCD = 1 << 2, BUSY = 1 << 3, RXFE = 1 << 4, TXFF = 1 << 5, RXFF = 1 << 6, TXFE = 1 << 7, RI = 1 << 8,
    }

    // 3.3.7: only the bit that matters to a line without bits.
    [Flags]
    private enum LineControl : uint
    {
        None = 0, FEN = 1 << 4,
    }

    // 3.3.8.
    [Flags]
    private enum Control : uint
    {
        UARTEN = 1 << 0, LBE = 1 << 7, TXE = 1 << 8, RXE = 1 << 9, DTR = 1 << 10, RTS = 1 << 11, Out1 = 1 << 12, Out2 = 1 << 13,
    }

    // 3.3.10.
    [Flags]
    private enum Interrupts : uint
    {
        Receive = 1 << 4, Transmit = 1 << 5, ReceiveTimeout = 1 << 6, Overrun = 1 << 10, All = 0x7ff,
    }
}

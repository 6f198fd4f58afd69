namespace Supermachine.Runtime;

/// <summary>
/// PrimeCell Real Time Clock (PL031), ARM DDI 0224C. Counts seconds of a clock that whoever calls reads for it; what the chip keeps
/// is the distance of its counter from that clock.
/// </summary>
internal sealed class Pl031
{
    public const uint WindowSize = 0x1000;

    // 3.2, table 3-1: offsets.
    public const uint RTCDR = 0x000;
    public const uint RTCMR = 0x004;
    public const uint RTCLR = 0x008;
    public const uint RTCCR = 0x00c;
    public const uint RTCIMSC = 0x010;
    public const uint RTCRIS = 0x014;
    public const uint RTCMIS = 0x018;
    public const uint RTCICR = 0x01c;
    public const uint RTCPeriphID0 = 0xfe0;

    private uint _offset, _match, _load, _mask, _raw, _lastSeen;

    // 3.3.9 to 3.3.16: RTCPeriphID0-3, RTCPCellID0-3.
    private static ReadOnlySpan<byte> Identification => [0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

    /// <summary>The level of RTCINTR (3.3.7).</summary>
    public bool IsInterruptAsserted => (_raw & _mask) != 0;

    /// <summary>Seconds until the counter reaches the match register, at most 136 years; null when nobody waits, or the match has just been acknowledged.</summary>
    public uint? SecondsToMatch(uint now) => _mask != 0 && _raw == 0 && _match != Counter(now) ? _match - Counter(now) : null;

    public void Reset(uint now)
    {
        (_offset, _match, _load, _mask, _raw) = (0, 0, 0, 0, 0);
        _lastSeen = now;
    }

    public MmioResult Read(uint offset, uint now, out ulong value)
    {
        Advance(now);
        uint? register = offset switch
        {
            RTCDR => Counter(now),
            RTCMR => _match,
            RTCLR => _load,
            RTCCR => 1, // 3.3.4: once started the clock runs until reset, and this board starts it.
            RTCIMSC => _mask,
            RTCRIS => _raw,
            RTCMIS => _raw & _mask,
            >= RTCPeriphID0 and < WindowSize => Identification[(int)(offset - RTCPeriphID0) / 4],
            _ => null,
        };
        value = register ?? 0;
        if (register is not null) return MmioResult.Ok;
        return offset == RTCICR ? MmioResult.NotPermitted : MmioResult.NoSuchRegister;
    }

    public MmioResult Write(uint offset, uint value, uint now)
    {
        Advance(now);
        switch (offset)
        {
            case RTCMR: SetMatch(value, now); break;
            case RTCLR: SetCounter(value, now); break;
            case RTCCR: break;
            case RTCIMSC: _mask = value & 1; break;
            case RTCICR: _raw &= ~value; break;
            case RTCDR or RTCRIS or RTCMIS or >= RTCPeriphID0: return MmioResult.NotPermitted;
            default: return MmioResult.NoSuchRegister;
        }

        return MmioResult.Ok;
    }

    /// <summary>Notices a match since the last call. The clock may have been stepped: a step back matches nothing.</summary>
    public void Advance(uint now)
    {
        uint counter = Counter(now);
        int passed = (int)(counter - _lastSeen);
        if (passed > 0 && _match - _lastSeen - 1 < (uint)passed) _raw = 1;
        _lastSeen = counter;
    }

    public Pl031State Save() => new() { Offset = _offset, Match = _match, Load = _load, Mask = _mask, Raw = _raw };

    public void Restore(Pl031State state, uint now)
    {
        (_offset, _match, _load, _mask, _raw) = (state.Offset, state.Match, state.Load, state.Mask, state.Raw);
        _lastSeen = Counter(now);
    }

    private uint Counter(uint now) => now + _offset;

    private void SetMatch(uint value, uint now)
    {
        _match = value;
        if (_match == Counter(now)) _raw = 1;
    }

    private void SetCounter(uint value, uint now)
    {
        (_load, _offset) = (value, value - now);
        _lastSeen = value;
        if (_match == value) _raw = 1;
    }
}

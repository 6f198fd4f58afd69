namespace Supermachine.Engine.Software;

/// <summary>
/// The per-interrupt registers that GICD and GICR's SGI frame have in common (IHI 0069 12.8, 12.11): offsets 0x080 to 0xFFF.
/// A register or an INTID that is not there reads as zero and ignores writes, as does a width that the register does not take.
/// </summary>
internal static class InterruptBankRegisters
{
    /// <summary>GICx_IGROUPR, the first of them.</summary>
    public const ulong Start = 0x080;

    /// <summary>One past the last, GICx_NSACR.</summary>
    public const ulong End = 0xF00;

    public static ulong Read(InterruptBank bank, ulong offset, int width)
    {
        if (offset is >= 0x400 and < 0x800) return ReadPriority(bank, (int)(offset - 0x400), width);
        if (width != 4) return 0;
        if (offset is >= 0xC00 and < 0xD00) return ReadConfiguration(bank, (int)(offset - 0xC00) / 4);
        int word = (int)(offset >> 2 & 31);
        if (bank.Implemented(word) == 0) return 0;
        return (offset >> 7) switch
        {
            1 => bank.Group[word], // IGROUPR
            2 or 3 => bank.Enabled[word], // ISENABLER, ICENABLER
            4 or 5 => bank.Pending(word), // ISPENDR, ICPENDR
            6 or 7 => bank.Active[word], // ISACTIVER, ICACTIVER
            _ => 0, // ITARGETSR (ARE is always on), IGRPMODR and NSACR (one Security state) are RES0
        };
    }

    public static void Write(InterruptBank bank, ulong offset, int width, ulong value)
    {
        if (offset is >= 0x400 and < 0x800)
        {
            WritePriority(bank, (int)(offset - 0x400), width, value);
            return;
        }
        if (width != 4) return;
        if (offset is >= 0xC00 and < 0xD00)
        {
            WriteConfiguration(bank, (int)(offset - 0xC00) / 4, (uint)value);
            return;
        }
        int word = (int)(offset >> 2 & 31);
        uint bits = (uint)value & bank.Implemented(word);
        switch (offset >> 7)
        {
            case 1 when word >= bank.FirstWord && word < bank.EndWord: bank.Group[word] = bits; break;
            case 2 when bits != 0: bank.Enabled[word] |= bits; break;
            case 3 when bits != 0: bank.Enabled[word] &= ~bits; break;
            case 4 when bits != 0: bank.Latch[word] |= bits; break;
            case 5 when bits != 0: bank.Latch[word] &= ~bits; break;
            case 6 when bits != 0: bank.Active[word] |= bits; break;
            case 7 when bits != 0: bank.Active[word] &= ~bits; break;
        }
    }

    /// <summary>GICx_IPRIORITYR takes bytes and words.</summary>
    private static ulong ReadPriority(InterruptBank bank, int intid, int width)
    {
        if (width is not (1 or 4)) return 0;
        ulong value = 0;
        for (int i = 0; i < width; i++)
        {
            if (IsImplemented(bank, intid + i)) value |= (ulong)bank.Priority[intid + i] << 8 * i;
        }
        return value;
    }

    private static void WritePriority(InterruptBank bank, int intid, int width, ulong value)
    {
        if (width is not (1 or 4)) return;
        for (int i = 0; i < width; i++)
        {
            if (IsImplemented(bank, intid + i)) bank.Priority[intid + i] = (byte)((byte)(value >> 8 * i) & InterruptBank.PriorityMask);
        }
    }

    /// <summary>GICx_ICFGR: two bits for each interrupt, the upper one says edge-triggered.</summary>
    private static uint ReadConfiguration(InterruptBank bank, int register)
    {
        int word = register / 2;
        if (bank.Implemented(word) == 0) return 0;
        uint edges = bank.Edge[word] >> 16 * (register % 2);
        uint value = 0;
        for (int i = 0; i < 16; i++) value |= (edges >> i & 1) << 2 * i + 1;
        return value;
    }

    private static void WriteConfiguration(InterruptBank bank, int register, uint value)
    {
        int word = register / 2;
        if (register == 0 || bank.Implemented(word) == 0) return; // SGIs are always edge-triggered
        int shift = 16 * (register % 2);
        uint edges = 0;
        for (int i = 0; i < 16; i++) edges |= (value >> 2 * i + 1 & 1) << i;
        bank.Edge[word] = bank.Edge[word] & ~(0xFFFFu << shift) | edges << shift & bank.Implemented(word);
    }

    private static bool IsImplemented(InterruptBank bank, int intid) => intid >= bank.FirstWord * 32 && intid < bank.End;
}

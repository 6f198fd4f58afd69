using System.Text;

namespace Supermachine.Conformance;

/// <summary>What guests report through: the data register of a PL011 and its flags, which always say that there is room.</summary>
internal sealed class ConformanceUart : IMmioDevice
{
    private const uint UARTDR = 0x000, UARTFR = 0x018, UARTPeriphID0 = 0xFE0, UARTPeriphID1 = 0xFE4;
    private const int MaxOutput = 1 << 20;

    private readonly StringBuilder _output = new();

    public MmioWindow Window => new(0x1000, AccessWidths.Any);

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        value = offset switch { UARTFR => 0x90, UARTPeriphID0 => 0x11, UARTPeriphID1 => 0x10, _ => 0 };
        return MmioResult.Ok;
    }

    public MmioResult Write(uint offset, AccessWidth width, ulong value)
    {
        if (offset != UARTDR) return MmioResult.Ok;
        lock (_output)
        {
            if (_output.Length < MaxOutput) _output.Append((char)(value & 0x7F));
        }

        return MmioResult.Ok;
    }
}

using System.Numerics;
using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>A device at its address: checks each access against the window, holds the device's lock around it, answers what the device refused.</summary>
internal sealed class MmioSlot
{
    private const uint SmallestWindow = 0x200;
    private const uint LargestWindow = 0x1000_0000;
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IMmioDevice _device;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly MmioWindow _window;
    private long _lastLogged;
    private int _unlogged = -1;

    public MmioSlot(string name, GuestAddress address, IMmioDevice device, ILogger logger, TimeProvider time)
    {
        (Name, Address, _device, _logger, _time, _window) = (name, address, device, logger, time, device.Window);
        CheckWindow(name, _window);
        if ((address.Value & (Size - 1)) != 0)
            throw new ArgumentException($"device \"{name}\": {address} is not a multiple of the window's size 0x{Size:x}");
    }

    public string Name { get; }

    public GuestAddress Address { get; }

    public uint Size => _window.Size;

    public IMmioDevice Device => _device;

    /// <exception cref="ArgumentException">The device asks for a window that no board has.</exception>
    public static void CheckWindow(string name, MmioWindow window)
    {
        if (window.Size is < SmallestWindow or > LargestWindow || !BitOperations.IsPow2(window.Size))
            throw new ArgumentException($"device \"{name}\": the window must be a power of two from 0x200 to 0x10000000 bytes, was 0x{window.Size:x}");
        if (window.Widths == AccessWidths.None) throw new ArgumentException($"device \"{name}\": the window allows no access width");
    }

    public bool Overlaps(MmioSlot other) =>
        Address.Value < other.Address.Value + other.Size && other.Address.Value < Address.Value + Size;

    public ulong Read(uint offset, AccessWidth width, int vcpu)
    {
        lock (_gate)
        {
            string refusal = "bad width or alignment";
            if (IsLegal(offset, width))
            {
                MmioResult result = ReadDevice(offset, width, out ulong value);
                if (result == MmioResult.Ok) return value;
                refusal = Describe(result);
            }

            Refuse("read", offset, width, vcpu, refusal);
            return ulong.MaxValue >> (64 - (8 * (int)width));
        }
    }

    public void Write(uint offset, AccessWidth width, ulong value, int vcpu)
    {
        lock (_gate)
        {
            string refusal = "bad width or alignment";
            if (IsLegal(offset, width))
            {
                MmioResult result = WriteDevice(offset, width, value);
                if (result == MmioResult.Ok) return;
                refusal = Describe(result);
            }

            Refuse("write", offset, width, vcpu, refusal);
        }
    }

    // A device that throws ends the run; whoever reads of it wants to know which one.
    private MmioResult ReadDevice(uint offset, AccessWidth width, out ulong value)
    {
        try
        {
            return _device.Read(offset, width, out value);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"device \"{Name}\" failed when register 0x{offset:x} was read: {failure.Message}", failure);
        }
    }

    private MmioResult WriteDevice(uint offset, AccessWidth width, ulong value)
    {
        try
        {
            return _device.Write(offset, width, value);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"device \"{Name}\" failed when register 0x{offset:x} was written: {failure.Message}", failure);
        }
    }

    private static string Describe(MmioResult result) => result == MmioResult.NoSuchRegister ? "no such register" : "not permitted";

    private bool IsLegal(uint offset, AccessWidth width) =>
        ((byte)_window.Widths & (byte)width) != 0 && (offset & ((uint)width - 1)) == 0 && (uint)width <= Size - offset;

    // A guest in a loop must not fill the host's disk: one line per device and second, which counts the ones left out.
    private void Refuse(string direction, uint offset, AccessWidth width, int vcpu, string reason)
    {
        long now = _time.GetTimestamp();
        if (_unlogged >= 0 && _time.GetElapsedTime(_lastLogged, now) < QuietPeriod)
        {
            _unlogged++;
            return;
        }

        _logger.LogWarning(
            "device \"{Device}\": vCPU {Vcpu}: {Direction} of {Width} bytes at register 0x{Offset:x}: {Reason}; {Unlogged} like it not logged",
            Name, vcpu, direction, (int)width, offset, reason, Math.Max(_unlogged, 0));
        (_lastLogged, _unlogged) = (now, 0);
    }
}

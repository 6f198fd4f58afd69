namespace Supermachine.Testing;

/// <summary>
/// A driver for virtio-mmio devices, written from the driver's side of virtio 1.2 (sections 3.1 and 4.2) and sharing no code with
/// the device side, so that the two check each other.
/// </summary>
/// <param name="device">The device, driven without a bus between.</param>
/// <param name="memory">The guest's memory; rings and buffers are allocated upward from its start.</param>
public sealed class VirtioDriver(IMmioDevice device, FakeGuestMemory memory)
{
    private const uint DeviceFeatures = 0x010, DeviceFeaturesSel = 0x014, DriverFeatures = 0x020, DriverFeaturesSel = 0x024;
    private const uint InterruptStatus = 0x060, InterruptACK = 0x064, Status = 0x070;
    private ulong free = memory.Start.Value;

    /// <summary>VIRTIO_F_INDIRECT_DESC.</summary>
    public const ulong IndirectFeature = 1UL << 28;

    /// <summary>VIRTIO_F_EVENT_IDX.</summary>
    public const ulong EventIndexFeature = 1UL << 29;

    /// <summary>VIRTIO_F_VERSION_1.</summary>
    public const ulong Version1Feature = 1UL << 32;

    /// <summary>The guest's memory.</summary>
    public FakeGuestMemory Memory { get; } = memory;

    /// <summary>The features that were agreed by <see cref="Negotiate"/>.</summary>
    public ulong Features { get; private set; }

    /// <summary>Reads a register that has to exist.</summary>
    /// <exception cref="InvalidOperationException">The device refused.</exception>
    public uint Read(uint register)
    {
        MmioResult result = device.Read(register, AccessWidth.Word, out ulong value);
        return result == MmioResult.Ok ? (uint)value : throw new InvalidOperationException($"read of register 0x{register:x3}: {result}");
    }

    /// <summary>Writes a register that has to exist.</summary>
    /// <exception cref="InvalidOperationException">The device refused.</exception>
    public void Write(uint register, uint value)
    {
        MmioResult result = device.Write(register, AccessWidth.Word, value);
        if (result != MmioResult.Ok) throw new InvalidOperationException($"write of register 0x{register:x3}: {result}");
    }

    /// <summary>The status register; 0 resets.</summary>
    public uint DeviceStatus
    {
        get => Read(Status);
        set => Write(Status, value);
    }

    /// <summary>The features that the device offers.</summary>
    public ulong Offered
    {
        get
        {
            Write(DeviceFeaturesSel, 0);
            ulong low = Read(DeviceFeatures);
            Write(DeviceFeaturesSel, 1);
            return low | ((ulong)Read(DeviceFeatures) << 32);
        }
    }

    /// <summary>Steps 1 to 6 of section 3.1.1: reset, acknowledge, choose features.</summary>
    /// <param name="wanted">The features to choose, whether the device offers them or not.</param>
    /// <returns>Whether the device took them.</returns>
    public bool Negotiate(ulong wanted)
    {
        DeviceStatus = 0;
        DeviceStatus = 1;
        DeviceStatus = 3;
        Write(DriverFeaturesSel, 0);
        Write(DriverFeatures, (uint)wanted);
        Write(DriverFeaturesSel, 1);
        Write(DriverFeatures, (uint)(wanted >> 32));
        DeviceStatus = 11;
        Features = wanted;
        return (DeviceStatus & 8) != 0;
    }

    /// <summary>Sets a queue up with rings of its own. Call after <see cref="Negotiate"/>.</summary>
    public VirtioDriverQueue SetUpQueue(uint index, ushort size) => new(this, index, size);

    /// <summary>Step 8: the device is live from here on.</summary>
    public void DriverOk() => DeviceStatus = 15;

    /// <summary>Reads InterruptStatus and acknowledges what it says.</summary>
    public uint AcknowledgeInterrupts()
    {
        uint causes = Read(InterruptStatus);
        Write(InterruptACK, causes);
        return causes;
    }

    /// <summary>Reads an integer of the configuration space.</summary>
    public ulong ReadConfig(uint offset, AccessWidth width)
    {
        MmioResult result = device.Read(0x100 + offset, width, out ulong value);
        return result == MmioResult.Ok ? value : throw new InvalidOperationException($"read of config 0x{offset:x}: {result}");
    }

    /// <summary>Takes guest memory that nobody else uses.</summary>
    public GuestAddress Allocate(int length, int alignment = 16)
    {
        ulong address = (free + (ulong)alignment - 1) / (ulong)alignment * (ulong)alignment;
        if (address + (ulong)length > Memory.End.Value) throw new InvalidOperationException("the driver is out of guest memory");
        free = address + (ulong)length;
        return new GuestAddress(address);
    }
}

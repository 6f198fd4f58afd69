namespace Supermachine.Virtio;

/// <summary>
/// The registers of a virtio-mmio device, version 2 (virtio 1.2, section 4.2), with feature negotiation and the status machine
/// (sections 2.1, 2.2, 3.1). Plain: its owner serializes the calls.
/// </summary>
internal sealed class VirtioMmioTransport(
    uint deviceId, ulong offered, SplitQueue[] queues, VirtioConfigSpace config, IInterruptLine line, ITransportOwner owner)
{
    private const uint MagicValue = 0x7472_6976; // "virt"
    private const uint Vendor = 0x4d50_5553;     // "SUPM"
    private const uint UsedBufferInterrupt = 1;
    private const uint ConfigChangeInterrupt = 2;
    private const uint NoSuchRegion = uint.MaxValue; // 4.2.2.1: the length of a shared memory region that does not exist
    private const VirtioStatus FromDriver =
        VirtioStatus.ACKNOWLEDGE | VirtioStatus.DRIVER | VirtioStatus.DRIVER_OK | VirtioStatus.FEATURES_OK | VirtioStatus.FAILED;

    private uint deviceFeaturesSel;
    private uint driverFeaturesSel;
    private uint queueSel;
    private uint interruptStatus;
    private uint configGeneration;

    public VirtioStatus Status { get; private set; }

    /// <summary>The features the driver has chosen; binding from FEATURES_OK on.</summary>
    public ulong DriverFeatures { get; private set; }

    public ulong NegotiatedFeatures => (Status & VirtioStatus.FEATURES_OK) != 0 ? DriverFeatures : 0;

    /// <summary>
    /// A reset that still waits for host I/O: the status reads DEVICE_NEEDS_RESET instead of 0 until then, which is how a driver
    /// learns that its reset is not complete (section 2.1.1), and the device takes no other writes.
    /// </summary>
    public bool ReleasePending { get; set; }

    /// <summary>Whether buffers may be taken (section 2.1.2).</summary>
    public bool Live => (Status & (VirtioStatus.DRIVER_OK | VirtioStatus.DEVICE_NEEDS_RESET)) == VirtioStatus.DRIVER_OK;

    private SplitQueue? Selected => queueSel < queues.Length ? queues[queueSel] : null;

    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        MmioResult result;
        uint word;
        if (offset >= VirtioMmioRegister.Config)
            result = config.TryRead(offset - VirtioMmioRegister.Config, (int)width, out word) ? MmioResult.Ok : MmioResult.NoSuchRegister;
        else if (width != AccessWidth.Word)
            (result, word) = (MmioResult.NotPermitted, 0); // 4.2.2.2: registers are accessed as aligned words
        else
            result = ReadRegister(offset, out word);
        value = word;
        return result;
    }

    public MmioResult Write(uint offset, AccessWidth width, ulong value)
    {
        uint word = (uint)value;
        if (offset >= VirtioMmioRegister.Config)
            return config.TryWrite(offset - VirtioMmioRegister.Config, (int)width, word) ? MmioResult.Ok : MmioResult.NotPermitted;
        if (width != AccessWidth.Word || (ReleasePending && offset != VirtioMmioRegister.Status)) return MmioResult.NotPermitted;
        MmioResult result = WriteRegister(offset, word);
        Sync();
        return result;
    }

    /// <summary>Used Buffer Notification (section 4.2.3.4).</summary>
    public void NotifyUsed() => Interrupt(UsedBufferInterrupt);

    /// <summary>The configuration space has new contents (sections 2.5.1, 2.3).</summary>
    public void ConfigChanged()
    {
        configGeneration++;
        if (Status.HasFlag(VirtioStatus.DRIVER_OK)) Interrupt(ConfigChangeInterrupt);
    }

    /// <summary>Asks the driver for a reset (section 2.1.2) and does nothing more until it comes.</summary>
    public void NeedsReset()
    {
        Status |= VirtioStatus.DEVICE_NEEDS_RESET;
        if (Status.HasFlag(VirtioStatus.DRIVER_OK)) Interrupt(ConfigChangeInterrupt);
    }

    public void Reset()
    {
        foreach (SplitQueue queue in queues) queue.Reset();
        (Status, DriverFeatures, interruptStatus) = (VirtioStatus.None, 0, 0);
        (deviceFeaturesSel, driverFeaturesSel, queueSel) = (0, 0, 0);
        Revoke(wholeDevice: true);
        Sync();
    }

    /// <summary>The line follows InterruptStatus.</summary>
    public void Sync() => line.SetLevel(interruptStatus != 0);

    public VirtioTransportState Save() => new()
    {
        Status = Status,
        DriverFeatures = DriverFeatures,
        DeviceFeaturesSel = deviceFeaturesSel,
        DriverFeaturesSel = driverFeaturesSel,
        QueueSel = queueSel,
        InterruptStatus = interruptStatus,
        ConfigGeneration = configGeneration,
        Queues = [.. queues.Select(queue => queue.Save())],
    };

    /// <summary>Refuses a state that this device cannot have been in.</summary>
    /// <exception cref="InvalidDataException">The reason.</exception>
    public void Check(VirtioTransportState state)
    {
        if (state.Queues.Count != queues.Length) throw new InvalidDataException($"saved with {state.Queues.Count} queues; this device has {queues.Length}");
        if ((state.DriverFeatures & ~offered) != 0 && state.Status.HasFlag(VirtioStatus.FEATURES_OK))
            throw new InvalidDataException($"saved with features 0x{state.DriverFeatures:x}; this device offers 0x{offered:x}");
        for (int i = 0; i < queues.Length; i++)
            if (state.Queues[i].Ready && state.Queues[i].Size > queues[i].MaxSize)
                throw new InvalidDataException($"queue {i} was saved with size {state.Queues[i].Size}; this device allows {queues[i].MaxSize}");
    }

    /// <summary>Applies a state that was checked. Only while stopped.</summary>
    public void Restore(VirtioTransportState state)
    {
        ReleasePending = false;
        (Status, DriverFeatures, interruptStatus) = (state.Status, state.DriverFeatures, state.InterruptStatus);
        (deviceFeaturesSel, driverFeaturesSel, queueSel) = (state.DeviceFeaturesSel, state.DriverFeaturesSel, state.QueueSel);
        configGeneration = state.ConfigGeneration;
        for (int i = 0; i < queues.Length; i++)
        {
            QueueFault fault = queues[i].Restore(state.Queues[i]);
            if (fault != QueueFault.None) owner.Faulted(i, fault);
        }

        if (Status.HasFlag(VirtioStatus.FEATURES_OK)) ApplyFeatures();
        Sync();
    }

    private MmioResult ReadRegister(uint offset, out uint value)
    {
        uint? found = offset switch
        {
            VirtioMmioRegister.MagicValue => MagicValue,
            VirtioMmioRegister.Version => 2,
            VirtioMmioRegister.DeviceID => deviceId,
            VirtioMmioRegister.VendorID => Vendor,
            VirtioMmioRegister.DeviceFeatures => deviceFeaturesSel < 2 ? (uint)(offered >> (32 * (int)deviceFeaturesSel)) : 0,
            VirtioMmioRegister.QueueNumMax => Selected?.MaxSize ?? 0u,
            VirtioMmioRegister.QueueReady => Selected is { Ready: true } ? 1u : 0,
            VirtioMmioRegister.InterruptStatus => interruptStatus,
            VirtioMmioRegister.Status => (uint)(ReleasePending ? VirtioStatus.DEVICE_NEEDS_RESET : Status),
            >= VirtioMmioRegister.SHMLenLow and <= VirtioMmioRegister.SHMBaseHigh => NoSuchRegion,
            VirtioMmioRegister.ConfigGeneration => configGeneration,
            _ => null,
        };
        value = found ?? 0;
        if (found is not null) return MmioResult.Ok;
        return IsWriteOnly(offset) ? MmioResult.NotPermitted : MmioResult.NoSuchRegister;
    }

    private MmioResult WriteRegister(uint offset, uint value)
    {
        switch (offset)
        {
            case VirtioMmioRegister.DeviceFeaturesSel: deviceFeaturesSel = value; return MmioResult.Ok;
            case VirtioMmioRegister.DriverFeaturesSel: driverFeaturesSel = value; return MmioResult.Ok;
            case VirtioMmioRegister.DriverFeatures: return WriteDriverFeatures(value);
            case VirtioMmioRegister.QueueSel: queueSel = value; return MmioResult.Ok;
            case VirtioMmioRegister.SHMSel: return MmioResult.Ok; // no region exists, whichever is selected
            case VirtioMmioRegister.QueueNotify: return Notify(value);
            case VirtioMmioRegister.InterruptACK: interruptStatus &= ~value; return MmioResult.Ok;
            case VirtioMmioRegister.Status: return WriteStatus(value);
            case VirtioMmioRegister.QueueReady: return WriteQueueReady(value);
            default: return IsQueueRegister(offset) ? WriteQueue(offset, value) : Unwritable(offset);
        }
    }

    private MmioResult WriteDriverFeatures(uint value)
    {
        // 3.1.1: features are settled by FEATURES_OK.
        if (Status.HasFlag(VirtioStatus.FEATURES_OK) || driverFeaturesSel > 1) return MmioResult.NotPermitted;
        int shift = 32 * (int)driverFeaturesSel;
        DriverFeatures = (DriverFeatures & ~((ulong)uint.MaxValue << shift)) | ((ulong)value << shift);
        return MmioResult.Ok;
    }

    private MmioResult WriteStatus(uint value)
    {
        if (value == 0)
        {
            Reset();
            return MmioResult.Ok;
        }

        if (ReleasePending) return MmioResult.NotPermitted;
        // 2.1.1: a driver never clears a bit, so what is set stays set.
        VirtioStatus wanted = Status | ((VirtioStatus)value & FromDriver);
        if (!FeaturesAcceptable) wanted &= ~VirtioStatus.FEATURES_OK; // 2.2.2: refused by leaving the bit clear
        if (!wanted.HasFlag(VirtioStatus.FEATURES_OK)) wanted &= ~VirtioStatus.DRIVER_OK;
        VirtioStatus added = wanted & ~Status;
        Status = wanted;
        if (added.HasFlag(VirtioStatus.FEATURES_OK)) ApplyFeatures();
        if (added.HasFlag(VirtioStatus.DRIVER_OK) && Live) owner.DriverReady();
        return MmioResult.Ok;
    }

    private bool FeaturesAcceptable =>
        (DriverFeatures & ~offered) == 0 && (DriverFeatures & VirtioFeature.VERSION_1) != 0;

    private void ApplyFeatures()
    {
        foreach (SplitQueue queue in queues)
        {
            queue.EventIndex = (DriverFeatures & VirtioFeature.EVENT_IDX) != 0;
            queue.Indirect = (DriverFeatures & VirtioFeature.INDIRECT_DESC) != 0;
        }
    }

    private MmioResult WriteQueueReady(uint value)
    {
        if (Selected is not { } queue) return MmioResult.NotPermitted;
        if ((value & 1) == 0)
        {
            if (!queue.Ready) return MmioResult.Ok;
            queue.Disable();
            // 4.2.2.2: the driver reads the register back to know that its buffers are its own again. We answer late instead.
            Revoke(wholeDevice: false);
            return MmioResult.Ok;
        }

        if (queue.Ready || !Status.HasFlag(VirtioStatus.FEATURES_OK)) return MmioResult.NotPermitted;
        QueueFault fault = queue.Enable();
        if (fault != QueueFault.None) owner.Faulted((int)queueSel, fault);
        return MmioResult.Ok;
    }

    private void Revoke(bool wholeDevice)
    {
        ReleasePending = true; // also while the owner waits
        ReleasePending = !owner.BuffersRevoked(wholeDevice);
    }

    private MmioResult WriteQueue(uint offset, uint value)
    {
        // 4.2.2.2: the registers of a queue that is in use stay as they are.
        if (Selected is not { Ready: false } queue) return MmioResult.NotPermitted;
        switch (offset)
        {
            case VirtioMmioRegister.QueueNum: queue.Size = value; break;
            case VirtioMmioRegister.QueueDescLow: queue.Descriptors = Low(queue.Descriptors, value); break;
            case VirtioMmioRegister.QueueDescHigh: queue.Descriptors = High(queue.Descriptors, value); break;
            case VirtioMmioRegister.QueueDriverLow: queue.Driver = Low(queue.Driver, value); break;
            case VirtioMmioRegister.QueueDriverHigh: queue.Driver = High(queue.Driver, value); break;
            case VirtioMmioRegister.QueueDeviceLow: queue.Device = Low(queue.Device, value); break;
            default: queue.Device = High(queue.Device, value); break;
        }

        return MmioResult.Ok;
    }

    private MmioResult Notify(uint queue)
    {
        if (queue >= queues.Length) return MmioResult.NotPermitted;
        if (Live && queues[queue].Ready) owner.QueueNotified((int)queue);
        return MmioResult.Ok;
    }

    private void Interrupt(uint cause)
    {
        interruptStatus |= cause;
        Sync();
    }

    private static MmioResult Unwritable(uint offset) => offset switch
    {
        VirtioMmioRegister.MagicValue or VirtioMmioRegister.Version or VirtioMmioRegister.DeviceID or VirtioMmioRegister.VendorID
            or VirtioMmioRegister.DeviceFeatures or VirtioMmioRegister.QueueNumMax or VirtioMmioRegister.InterruptStatus
            or VirtioMmioRegister.ConfigGeneration or (>= VirtioMmioRegister.SHMLenLow and <= VirtioMmioRegister.SHMBaseHigh) => MmioResult.NotPermitted,
        _ => MmioResult.NoSuchRegister,
    };

    private static bool IsQueueRegister(uint offset) => offset
        is VirtioMmioRegister.QueueNum
        or VirtioMmioRegister.QueueDescLow or VirtioMmioRegister.QueueDescHigh
        or VirtioMmioRegister.QueueDriverLow or VirtioMmioRegister.QueueDriverHigh
        or VirtioMmioRegister.QueueDeviceLow or VirtioMmioRegister.QueueDeviceHigh;

    private static bool IsWriteOnly(uint offset) => IsQueueRegister(offset) || offset
        is VirtioMmioRegister.DeviceFeaturesSel or VirtioMmioRegister.DriverFeatures or VirtioMmioRegister.DriverFeaturesSel
        or VirtioMmioRegister.QueueSel or VirtioMmioRegister.QueueNotify or VirtioMmioRegister.InterruptACK or VirtioMmioRegister.SHMSel;

    private static ulong Low(ulong register, uint value) => (register & 0xffff_ffff_0000_0000) | value;

    private static ulong High(ulong register, uint value) => (register & uint.MaxValue) | ((ulong)value << 32);
}

using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

public class HostileRingTests
{
    private const ulong Features = VirtioDriver.Version1Feature | VirtioDriver.IndirectFeature;
    private const ushort Next = 1, Write = 2, Indirect = 4;

    [Fact]
    public void ALoopNeedsReset() => Breaks(Features, (rig, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, rig.Memory.Start.Value, 1, Next, 1);
        queue.WriteDescriptor(queue.Descriptors + 16, rig.Memory.Start.Value, 1, Next, 0);
        queue.MakeAvailable(0);
    });

    [Fact]
    public void ALoopOfEmptyBuffersNeedsReset() => Breaks(Features, (rig, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, rig.Memory.Start.Value, 0, Next, 0);
        queue.MakeAvailable(0);
    });

    [Fact]
    public void AHeadOutsideTheTableNeedsReset() => Breaks(Features, (_, queue) => queue.MakeAvailable(16));

    [Fact]
    public void ANextOutsideTheTableNeedsReset() => Breaks(Features, (rig, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, rig.Memory.Start.Value, 1, Next, 16);
        queue.MakeAvailable(0);
    });

    [Fact]
    public void AnIndexThatJumpsNeedsReset() => Breaks(Features, (rig, queue) => rig.Memory.TryStoreRelease(queue.Available + 2, 17));

    [Fact]
    public void ReadableAfterWritableNeedsReset() => Breaks(Features, (rig, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, rig.Memory.Start.Value, 1, Next | Write, 1);
        queue.WriteDescriptor(queue.Descriptors + 16, rig.Memory.Start.Value, 1, 0, 0);
        queue.MakeAvailable(0);
    });

    [Fact]
    public void MoreThanFourGigabytesNeedReset() => Breaks(Features, (rig, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, rig.Memory.Start.Value, uint.MaxValue, Next, 1);
        queue.WriteDescriptor(queue.Descriptors + 16, rig.Memory.Start.Value, 1, 0, 0);
        queue.MakeAvailable(0);
    });

    [Fact]
    public void ABufferOverTheEndOfAllAddressesNeedsReset() => Breaks(Features, (_, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, ulong.MaxValue - 8, 16, 0, 0);
        queue.MakeAvailable(0);
    });

    [Theory]
    [InlineData(0u)]
    [InlineData(15u)]
    [InlineData(24u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0xffff_fff0u)]
    public void AnIndirectTableOfOddLengthOrOutsideRamNeedsReset(uint length) => Breaks(Features, (rig, queue) =>
    {
        queue.WriteDescriptor(queue.Descriptors, length == 0xffff_fff0u ? ulong.MaxValue - 32 : rig.Memory.Start.Value, length, Indirect, 0);
        queue.MakeAvailable(0);
    });

    [Theory]
    [InlineData(VirtioDriver.Version1Feature, Indirect, (ushort)0)] // not negotiated
    [InlineData(Features, Indirect | Next, (ushort)0)]
    [InlineData(Features, Indirect, Indirect)]
    public void AnIndirectTableOutOfPlaceNeedsReset(ulong features, int flags, ushort inner) => Breaks(features, (rig, queue) =>
    {
        GuestAddress table = rig.Driver.Allocate(32);
        queue.WriteDescriptor(table, rig.Memory.Start.Value, 16, inner, 0);
        queue.WriteDescriptor(queue.Descriptors, table.Value, 32, (ushort)flags, 1);
        queue.MakeAvailable(0);
    });

    [Fact]
    public void WriteBesideIndirectIsIgnoredAndBuffersMayComeBeforeATable()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot(Features);
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1, 2]);
        GuestAddress table = rig.Driver.Allocate(16);
        queue.WriteDescriptor(queue.Descriptors, input.Address.Value, 2, Next, 1);
        queue.WriteDescriptor(queue.Descriptors + 16, table.Value, 16, Indirect | Write, 0);
        queue.WriteDescriptor(table, output.Address.Value, 2, Write, 0);
        queue.MakeAvailable(0, 1);
        queue.Kick();
        Assert.True(queue.TryReap(out _, out uint written));
        Assert.Equal(2u, written);
        Assert.Equal([0xfe, 0xfd], rig.Memory.Slice(output.Address, 2).ToArray());
    }

    [Theory]
    [InlineData(0x4000_0008ul, 0x4000_1000ul, 0x4000_2000ul, 16u)]
    [InlineData(0x4000_0000ul, 0x4000_1001ul, 0x4000_2000ul, 16u)]
    [InlineData(0x4000_0000ul, 0x4000_1000ul, 0x4000_2002ul, 16u)]
    [InlineData(0x4000_0000ul, 0x4000_1000ul, 0x4000_2000ul, 0u)]
    [InlineData(0x4000_0000ul, 0x4000_1000ul, 0x4000_2000ul, 3u)]
    [InlineData(0x4000_0000ul, 0x4000_1000ul, 0x4000_2000ul, 32u)]
    [InlineData(0x4000_0000ul, 0x4000_1000ul, 0x4000_2000ul, 0x8000_0000u)]
    [InlineData(0x3fff_fff0ul, 0x4000_1000ul, 0x4000_2000ul, 16u)]
    [InlineData(0x4000_0000ul, 0xffff_ffff_ffff_fffeul, 0x4000_2000ul, 16u)]
    [InlineData(0x4000_0000ul, 0x4000_1000ul, 0x400f_fffcul, 16u)]
    public void RingsThatCannotBeNeedReset(ulong descriptors, ulong driver, ulong device, uint size)
    {
        var rig = new Rig();
        Assert.True(rig.Driver.Negotiate(Features));
        rig.Driver.Write(0x030, 0);
        rig.Driver.Write(0x038, size);
        foreach ((uint register, ulong address) in new[] { (0x080u, descriptors), (0x090u, driver), (0x0a0u, device) })
        {
            rig.Driver.Write(register, (uint)address);
            rig.Driver.Write(register + 4, (uint)(address >> 32));
        }

        rig.Driver.Write(0x044, 1);
        Assert.Equal(0u, rig.Driver.Read(0x044));
        Assert.Equal(64u, rig.Driver.DeviceStatus & 64);
    }

    [Fact]
    public void ABrokenDeviceSaysSoOnceAndDoesNothingUntilReset()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot(Features);
        queue.MakeAvailable(16);
        queue.Kick();
        Assert.Equal(2u, rig.Driver.AcknowledgeInterrupts());
        for (int i = 0; i < 100; i++) queue.Kick();
        Assert.Single(rig.Context.Log.Entries);
        Assert.Contains("DescriptorIndex", rig.Context.Log.Entries[0].Message, StringComparison.Ordinal);
        Assert.Equal(0, rig.Line.RisingEdges - 1);
        queue = rig.Boot(Features);
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1]);
        queue.Add(input, output);
        queue.Kick();
        Assert.Equal(1, queue.Completed);
    }

    /// <summary>Random rings and tables: no exception, no endless loop, and the device says whether it is broken.</summary>
    [Fact]
    public void RandomBytesNeverThrowNorHang() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var rig = new Rig(memory: 1 << 16);
        ulong features = VirtioDriver.Version1Feature | ((ulong)random.Next(4) * VirtioDriver.IndirectFeature); // bits 28 and 29
        VirtioDriverQueue queue = rig.Boot(features);
        for (int round = 0; round < 20; round++)
        {
            random.NextBytes(rig.Memory.Bytes[..4096]);
            rig.Memory.TryStoreRelease(queue.Available + 2, (ushort)random.Next(0, 20));
            rig.Driver.Write(0x050, 0);
            if ((rig.Driver.DeviceStatus & 64) != 0) queue = rig.Boot(features);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>Plausible and implausible descriptors: exactly what the reference refuses needs a reset.</summary>
    [Fact]
    public void FaultsAreThoseOfTheReference() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot(Features);
        GuestAddress table = rig.Driver.Allocate(256);
        for (int i = 0; i < 16; i++) Scribble(random, rig, queue, queue.Descriptors, i, table);
        for (int i = 0; i < 16; i++) Scribble(random, rig, queue, table, i, table);
        ushort head = (ushort)random.Next(16);
        bool sound = ReferenceWalk.IsSound(rig.Memory, queue.Descriptors, head);
        queue.MakeAvailable(head);
        queue.Kick();
        Assert.Equal(sound, (rig.Driver.DeviceStatus & 64) == 0);
        Assert.Equal(sound ? 1 : 0, queue.Completed);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static void Breaks(ulong features, Action<Rig, VirtioDriverQueue> harm)
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot(features);
        harm(rig, queue);
        queue.Kick();
        Assert.Equal(64u, rig.Driver.DeviceStatus & 64);
        Assert.Equal(0, queue.Completed);
    }

    private static void Scribble(Random random, Rig rig, VirtioDriverQueue queue, GuestAddress at, int index, GuestAddress table)
    {
        // Buffers point above the rings, so that serving a chain does not rewrite what the reference read.
        ulong ram = rig.Memory.Start.Value + 0x8000 + (ulong)random.Next(0x1000);
        ulong address = random.Next(20) switch { 0 => ulong.MaxValue - (ulong)random.Next(64), 1 => 0, _ => ram };
        uint length = random.Next(12) switch { 0 => 0, 1 => uint.MaxValue, 2 => 0x8000_0000, _ => (uint)random.Next(1, 64) };
        ushort flags = (ushort)((random.Next(3) > 0 ? Next : 0) | (random.Next(3) == 0 || index > 8 ? Write : 0));
        if (random.Next(8) == 0)
        {
            (address, length) = (table.Value, random.Next(4) == 0 ? 24u : 256u);
            flags = (ushort)(Indirect | (random.Next(6) == 0 ? Next : 0) | (random.Next(2) == 0 ? Write : 0));
        }

        ushort next = (ushort)(random.Next(10) == 0 ? random.Next(40) : index + 1);
        queue.WriteDescriptor(at + (16u * (uint)index), address, length, flags, next);
    }

    /// <summary>The rules of sections 2.7.4 and 2.7.5 once more, over a list.</summary>
    private static class ReferenceWalk
    {
        public static bool IsSound(FakeGuestMemory memory, GuestAddress descriptors, ushort head)
        {
            var buffers = new List<(ulong Address, uint Length, bool Writes)>();
            if (!Collect(memory, descriptors.Value, 16, head, nested: false, buffers)) return false;
            // An empty buffer carries no bytes, but it has its place in the order.
            bool ordered = buffers.SkipWhile(buffer => !buffer.Writes).All(buffer => buffer.Writes);
            var full = buffers.Where(buffer => buffer.Length > 0).ToList();
            bool inSpace = full.All(buffer => (UInt128)buffer.Address + buffer.Length <= ulong.MaxValue);
            return ordered && inSpace && full.Sum(buffer => buffer.Length) < 1L << 32;
        }

        private static bool Collect(
            FakeGuestMemory memory, ulong table, uint entries, ushort index, bool nested, List<(ulong Address, uint Length, bool Writes)> buffers)
        {
            for (int step = 0; step < 64; step++)
            {
                if (index >= entries) return false;
                byte[] entry = new byte[16];
                if (!memory.TryRead(new GuestAddress(table + (16ul * index)), entry)) return false;
                ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry);
                uint length = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(8));
                int flags = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(12));
                if ((flags & Indirect) != 0)
                    return !nested && (flags & Next) == 0 && length > 0 && length % 16 == 0 && Collect(memory, address, length / 16, 0, true, buffers);
                buffers.Add((address, length, (flags & Write) != 0));
                if ((flags & Next) == 0) return true;
                index = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(14));
            }

            return false; // 64 steps through two tables of 16 are a loop
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

/// <summary>Random histories of driver and device, beside a model that knows queues as plain lists.</summary>
public class QueueModelTests
{
    [Fact]
    public void TheQueueDoesWhatTheModelSays() => Prop.ForAll<int, bool, bool>((seed, eventIndex, indirect) =>
    {
        ulong features = VirtioDriver.Version1Feature
            | (eventIndex ? VirtioDriver.EventIndexFeature : 0) | (indirect ? VirtioDriver.IndirectFeature : 0);
        new History(new Random(seed), features).Run(steps: 300);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private sealed class History
    {
        private const ushort Size = 8;
        private readonly Random random;
        private readonly Rig rig = new();
        private readonly VirtioDriverQueue queue;
        private readonly bool eventIndex;
        private readonly bool indirect;
        private readonly (VirtioDriverBuffer In, VirtioDriverBuffer Out)[] buffers = new (VirtioDriverBuffer, VirtioDriverBuffer)[Size];
        private readonly List<(ushort Head, uint Length)> available = [];
        private readonly List<(ushort Head, uint Length)> taken = [];
        private readonly List<DescriptorChain> chains = [];
        private readonly Queue<(ushort Head, uint Length)> used = new();
        private ushort usedIndex;
        private ushort usedEvent;
        private bool noInterrupt;
        private bool interrupt;

        public History(Random random, ulong features)
        {
            this.random = random;
            (eventIndex, indirect) = ((features & VirtioDriver.EventIndexFeature) != 0, (features & VirtioDriver.IndirectFeature) != 0);
            rig.Device.Holds = true;
            queue = rig.Boot(features, Size);
            for (int i = 0; i < Size; i++) buffers[i] = rig.Buffers(new byte[64]);
        }

        public void Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                switch (random.Next(6))
                {
                    case 0: Add(); break;
                    case 1: Kick(); break;
                    case 2: CompleteAny(); break;
                    case 3: Reap(); break;
                    case 4: Suppress(); break;
                    default: Acknowledge(); break;
                }

                Assert.Equal(interrupt, rig.Line.IsAsserted);
                Assert.Equal(0u, rig.Driver.DeviceStatus & 64);
            }
        }

        private void Add()
        {
            // A direct chain takes two descriptors, an indirect one takes one.
            bool byTable = indirect && random.Next(2) == 0;
            if (queue.FreeDescriptors < (byTable ? 1 : 2)) return;
            uint length = (uint)random.Next(1, 64);
            (VirtioDriverBuffer input, VirtioDriverBuffer output) = buffers[random.Next(Size)];
            (input, output) = (input with { Length = length }, output with { Length = length });
            ushort head = byTable ? queue.AddIndirect(input, output) : queue.Add(input, output);
            available.Add((head, length));
        }

        private void Kick()
        {
            // The device may have asked not to be told; then it takes what is there at the next notification it wants.
            bool told = queue.Kick();
            if (!eventIndex) Assert.True(told);
            if (!told) return;
            taken.AddRange(available);
            available.Clear();
            while (rig.Device.Held.TryDequeue(out DescriptorChain? chain)) chains.Add(chain);
            Assert.Equal(taken.Count, chains.Count);
            Assert.Equal(taken.Select(entry => entry.Length), chains.Select(chain => chain.ReadableLength));
        }

        private void CompleteAny()
        {
            if (chains.Count == 0) return;
            int which = random.Next(chains.Count);
            uint written = (uint)random.Next((int)taken[which].Length + 1);
            rig.Device.Last!.Complete(chains[which], written);
            used.Enqueue((taken[which].Head, written));
            chains.RemoveAt(which);
            taken.RemoveAt(which);
            usedIndex++;
            interrupt |= eventIndex ? (ushort)(usedIndex - 1) == usedEvent : !noInterrupt;
        }

        private void Reap()
        {
            Assert.Equal(used.Count, queue.Completed);
            if (!used.TryDequeue(out (ushort Head, uint Length) expected)) return;
            Assert.True(queue.TryReap(out ushort head, out uint written));
            Assert.Equal(expected, (head, written));
        }

        private void Suppress()
        {
            noInterrupt = random.Next(2) == 0;
            queue.SetNoInterrupt(noInterrupt);
            usedEvent = (ushort)(usedIndex + random.Next(-1, 3));
            queue.SetUsedEvent(usedEvent);
        }

        private void Acknowledge()
        {
            Assert.Equal(interrupt ? 1u : 0u, rig.Driver.AcknowledgeInterrupts());
            interrupt = false;
        }
    }
}

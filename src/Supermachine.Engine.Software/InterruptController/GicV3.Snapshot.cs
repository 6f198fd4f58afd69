using System.Buffers.Binary;

namespace Supermachine.Engine.Software;

/// <summary>Saving and restoring the distributor and the redistributors.</summary>
internal sealed partial class GicV3
{
    /// <summary>Captures the state.</summary>
    /// <param name="counter">The system counter, which travels with it.</param>
    public GicState Save(ulong counter)
    {
        lock (_lock)
        {
            byte[] routes = new byte[8 * Distributor.SpiCount];
            for (int spi = 0; spi < Distributor.SpiCount; spi++) BinaryPrimitives.WriteUInt64LittleEndian(routes.AsSpan(8 * spi), _distributor.Routes[spi]);
            byte[] own = new byte[VcpuCount * GicState.PrivateSize];
            uint asleep = 0;
            for (int vcpu = 0; vcpu < VcpuCount; vcpu++)
            {
                GicState.Pack(_redistributors[vcpu].Private).CopyTo(own.AsSpan(vcpu * GicState.PrivateSize));
                if (_redistributors[vcpu].IsAsleep) asleep |= 1u << vcpu;
            }
            return new GicState(VcpuCount, _distributor.Enables, GicState.Pack(_distributor.Spis), routes, own, asleep, counter);
        }
    }

    /// <summary>Applies a validated state.</summary>
    /// <exception cref="InvalidDataException">The state is of a machine with another number of vCPUs; nothing was applied.</exception>
    public void Restore(GicState state)
    {
        if (state.VcpuCount != VcpuCount)
            throw new InvalidDataException($"{GicState.Schema.Id}: the state has {state.VcpuCount} vCPUs, this machine has {VcpuCount}");
        lock (_lock)
        {
            _distributor.Enables = state.Enables;
            for (int spi = 0; spi < Distributor.SpiCount; spi++) _distributor.Routes[spi] = BinaryPrimitives.ReadUInt64LittleEndian(state.Routes.Span[(8 * spi)..]);
            GicState.Unpack(state.Shared.Span, _distributor.Spis);
            for (int vcpu = 0; vcpu < VcpuCount; vcpu++)
            {
                GicState.Unpack(state.Private.Span.Slice(vcpu * GicState.PrivateSize, GicState.PrivateSize), _redistributors[vcpu].Private);
                _redistributors[vcpu].IsAsleep = (state.Asleep >> vcpu & 1) != 0;
            }
            UpdateAll();
        }
    }
}

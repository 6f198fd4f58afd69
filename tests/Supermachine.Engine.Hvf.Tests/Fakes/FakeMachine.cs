using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>A partition on the fake framework, with RAM and its vCPUs.</summary>
internal sealed unsafe class FakeMachine : IDisposable
{
    public const ulong RamBase = 0x4000_0000, RamSize = 0x20_0000;
    private const MemoryProtection All = MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute;

    public FakeMachine(int vcpus = 1, HvfOptions? options = null, string version = "15.3.1", Action<FakeVcpu>? prepare = null, ILogger? logger = null)
    {
        HvfEngine engine = FakeFramework.Engine(options, version, logger);
        FakeFramework.Prepare = prepare;
        Partition = engine.CreatePartition(new PartitionOptions(vcpus, new(0x800_0000), new(FakeFramework.RedistributorBase)));
        Ram = (byte*)NativeMemory.AlignedAlloc((nuint)RamSize, 0x4000);
        NativeMemory.Clear(Ram, (nuint)RamSize);
        Partition.Map(new(RamBase), (nint)Ram, RamSize, All);
        Vcpus = [.. Enumerable.Range(0, vcpus).Select(Partition.CreateVcpu)];
    }

    public IPartition Partition { get; }

    public byte* Ram { get; }

    public IReadOnlyList<IVcpu> Vcpus { get; }

    public IVcpu Vcpu => Vcpus[0];

    public FakeVcpu Fake => FakeFramework.Vcpus[0];

    /// <summary>Puts an instruction, or anything else, into RAM.</summary>
    public void Write<T>(ulong address, T value)
        where T : unmanaged => *(T*)(Ram + (address - RamBase)) = value;

    public T Read<T>(ulong address)
        where T : unmanaged => *(T*)(Ram + (address - RamBase));

    public void Dispose()
    {
        foreach (IVcpu vcpu in Vcpus) vcpu.Dispose();
        Partition.Dispose();
        NativeMemory.AlignedFree(Ram);
    }
}

/// <summary>Tests of the one fake framework run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneFramework
{
    public const string Name = "the framework";
}

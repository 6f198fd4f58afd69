using System.Runtime.InteropServices;
using Supermachine.Engine.Software;

namespace Supermachine.Latency;

/// <summary>One vCPU at EL1 with the MMU off, and a program in its RAM.</summary>
// SAFETY: the memory lives as long as the partition that maps it.
internal sealed unsafe class Guest : IDisposable
{
    private const ulong Ram = 0x4000_0000;
    private const int RamSize = 1 << 16;

    /// <summary>Tight: B . in a block that is linked to itself.</summary>
    public static ReadOnlySpan<uint> Endless => [0x14000000];

    /// <summary>
    /// Enables SPI 32 and the virtual timer's PPI, says HVC #0, and then, as X0 says, sleeps in WFI for the line and says HVC #1 each time,
    /// or for a timer of 2 ms and says HVC #2 with the ticks in X0 by which the wake came late.
    /// </summary>
    public static ReadOnlySpan<uint> Sleeper =>
    [
        0xAA0003F4, // MOV X20, X0
        0xD2A10001, 0x52800242, 0xB9000022, // GICD_CTLR = ARE, EnableGrp1
        0x91021023, 0x12800002, 0xB9000062, // GICD_IGROUPR1
        0x52800022, 0xB9010422, // GICD_ISENABLER1: 32
        0xD2A10144, 0xB900149F, // GICR_WAKER
        0xD2A10165, 0x12800002, 0xB90080A2, // GICR_IGROUPR0
        0x52A10002, 0xB90100A2, // GICR_ISENABLER0: 27
        0xD2801FE2, 0xD5184602, 0xD2800022, 0xD518CCE2, 0xD5033FDF, // ICC_PMR_EL1, ICC_IGRPEN1_EL1, ISB
        0xD4000002, // HVC #0
        0xB5000094, // CBNZ X20, timer
        0xD503207F, 0xD4000022, 0x17FFFFFE, // line: WFI; HVC #1; B line
        0xD53BE006, 0xD2803E87, 0x9AC708C7, // timer: X7 = CNTFRQ_EL0 / 500
        0xD53BE046, 0x8B0700C8, 0xD51BE348, // again: CNTV_CVAL_EL0 = CNTVCT_EL0 + X7
        0xD2800022, 0xD51BE322, 0xD5033FDF, 0xD503207F, // CNTV_CTL_EL0 = 1; ISB; WFI
        0xD53BE040, 0xCB080000, // X0 = CNTVCT_EL0 - CVAL
        0xD51BE33F, 0xD5033FDF, 0xD4000042, 0x17FFFFF4, // CNTV_CTL_EL0 = 0; ISB; HVC #2; B again
    ];

    private readonly void* _memory = NativeMemory.AlignedAlloc(RamSize, 0x1_0000);

    public Guest(GuestExecution execution, ReadOnlySpan<uint> program, ulong x0 = 0)
    {
        NativeMemory.Clear(_memory, RamSize);
        program.CopyTo(new Span<uint>(_memory, RamSize / 4));
        Partition = new SoftwareEngine(execution: execution).CreatePartition(new PartitionOptions(1, new GuestAddress(0x0800_0000), new GuestAddress(0x080A_0000)));
        Partition.Map(new GuestAddress(Ram), (nint)_memory, RamSize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        Vcpu = Partition.CreateVcpu(0);
        Vcpu.WriteRegister(VcpuRegister.PC, Ram);
        Vcpu.WriteRegister(VcpuRegister.X0, x0);
    }

    public IPartition Partition { get; }

    public IVcpu Vcpu { get; }

    public void Dispose()
    {
        Vcpu.Dispose();
        Partition.Dispose();
        NativeMemory.AlignedFree(_memory);
    }
}

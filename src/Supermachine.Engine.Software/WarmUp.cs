using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// A machine of one page that runs a few instructions, interpreted and translated, and is gone. The first use of the engine's code costs
/// many times what it does (tables are made, types are loaded): who starts a guest can have that done on another thread meanwhile.
/// </summary>
public static unsafe class WarmUp
{
    private const int PageSize = 0x1000;

    /// <summary>What a kernel may begin with: B to the next instruction; MOVZ X1, #0x0900, LSL #16; STR W0, [X1], where there is no memory; HVC #0; and B to the first.</summary>
    private static ReadOnlySpan<uint> Code => [0x1400_0001, 0xD2A1_2001, 0xB900_0020, 0xD400_0002, 0x17FF_FFFC];

    /// <summary>Does it. Any thread; a second time does no harm.</summary>
    /// <returns>How the HVC came out of the engine the second time, when it had been translated.</returns>
    public static VcpuExitKind Run()
    {
        void* page = NativeMemory.AlignedAlloc(PageSize, PageSize);
        try
        {
            // SAFETY: the page is ours, and outlives the partition that maps it.
            Code.CopyTo(new Span<uint>(page, Code.Length));
            var start = new GuestAddress(0x4000_0000);
            using IPartition partition = new SoftwareEngine { Code = new CodeOptions { InterpretedRuns = 1 } }.CreatePartition(new PartitionOptions(1, new GuestAddress(0x0800_0000), new GuestAddress(0x080A_0000)));
            partition.Map(start, (nint)page, PageSize, MemoryProtection.Read | MemoryProtection.Execute);
            using IVcpu vcpu = partition.CreateVcpu(0);
            _ = vcpu.Capture();
            vcpu.WriteRegister(VcpuRegister.PC, start.Value);
            VcpuExitKind exit = vcpu.Run(VcpuEntry.Resume).Kind;
            for (int completed = 0; completed < 3; completed++) exit = vcpu.Run(VcpuEntry.Complete()).Kind;
            return exit;
        }
        finally
        {
            NativeMemory.AlignedFree(page);
        }
    }
}

using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// A machine of one page that runs two instructions and is gone. The first use of the engine's code costs many times what it does
/// (tables are made, types are loaded): who starts a guest can have that done on another thread meanwhile.
/// </summary>
public static unsafe class WarmUp
{
    private const int PageSize = 0x1000;
    private const uint Nop = 0xD503_201F, Hvc = 0xD400_0002;

    /// <summary>Does it. Any thread; a second time does no harm.</summary>
    /// <returns>How the second instruction, an HVC, came out of the engine.</returns>
    public static VcpuExitKind Run()
    {
        void* page = NativeMemory.AlignedAlloc(PageSize, PageSize);
        try
        {
            // SAFETY: the page is ours, and outlives the partition that maps it.
            (((uint*)page)[0], ((uint*)page)[1]) = (Nop, Hvc);
            var start = new GuestAddress(0x4000_0000);
            using IPartition partition = new SoftwareEngine { Code = new CodeOptions { InterpretedRuns = 0 } }.CreatePartition(new PartitionOptions(1, new GuestAddress(0x0800_0000), new GuestAddress(0x080A_0000)));
            partition.Map(start, (nint)page, PageSize, MemoryProtection.Read | MemoryProtection.Execute);
            using IVcpu vcpu = partition.CreateVcpu(0);
            _ = vcpu.Capture();
            vcpu.WriteRegister(VcpuRegister.PC, start.Value);
            return vcpu.Run(VcpuEntry.Resume).Kind;
        }
        finally
        {
            NativeMemory.AlignedFree(page);
        }
    }
}

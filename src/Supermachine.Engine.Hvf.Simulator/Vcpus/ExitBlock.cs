using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>The exit structure of one vCPU: at one address for its life, and full of rubbish but for what the last run's reason says.</summary>
internal sealed unsafe class ExitBlock : IDisposable
{
    private const byte Poison = 0xCC;

    public ExitBlock()
    {
        Address = (hv_vcpu_exit_t*)NativeMemory.AlignedAlloc((nuint)sizeof(hv_vcpu_exit_t), 64);
        Clear();
    }

    public hv_vcpu_exit_t* Address { get; private set; }

    public void Clear() => NativeMemory.Fill(Address, (nuint)sizeof(hv_vcpu_exit_t), Poison);

    public void Report(hv_exit_reason_t reason) => Address->reason = reason;

    public void Report(uint syndrome, ulong virtualAddress, ulong physicalAddress)
    {
        Address->reason = hv_exit_reason_t.HV_EXIT_REASON_EXCEPTION;
        Address->exception = new hv_vcpu_exit_exception_t { syndrome = syndrome, virtual_address = virtualAddress, physical_address = physicalAddress };
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Address);
        Address = null;
    }
}

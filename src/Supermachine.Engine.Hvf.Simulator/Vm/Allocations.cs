using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>hv_vm_allocate and hv_vm_deallocate.</summary>
internal sealed unsafe class Allocations
{
    private const nuint PageSize = 0x4000;

    private readonly Dictionary<nint, nuint> _sizes = [];

    public nint Allocate(nuint size)
    {
        if (size == 0 || size % PageSize != 0) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Flags, $"0x{size:x} is no multiple of the page size 0x{PageSize:x}, or nothing");
        void* memory = NativeMemory.AlignedAlloc(size, PageSize);
        NativeMemory.Clear(memory, size);
        _sizes.Add((nint)memory, size);
        return (nint)memory;
    }

    public void Free(nint address, nuint size)
    {
        if (!_sizes.Remove(address, out nuint allocated) || allocated != size) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Flags, $"0x{address:x}+0x{size:x} was not allocated by hv_vm_allocate");
        NativeMemory.AlignedFree((void*)address);
    }
}

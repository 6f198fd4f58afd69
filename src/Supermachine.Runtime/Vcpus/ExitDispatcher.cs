using System.Globalization;

namespace Supermachine.Runtime;

/// <summary>Decides how a vCPU goes on after an exit. Keeps nothing and allocates nothing; the threads of all vCPUs share it.</summary>
internal sealed class ExitDispatcher(MmioBus bus, Psci psci, SystemRegisters registers, IVcpuEvents events)
{
    /// <param name="index">The vCPU.</param>
    /// <param name="vcpu">For the arguments of calls and for messages; only registers are read.</param>
    /// <param name="exit">Why it came back.</param>
    public VcpuEntry Handle(int index, IVcpu vcpu, VcpuExit exit) => exit.Kind switch
    {
        VcpuExitKind.Canceled or VcpuExitKind.WaitForInterrupt or VcpuExitKind.VirtualTimer => VcpuEntry.Resume,
        VcpuExitKind.MmioRead => bus.TryRead(exit.Address, exit.Width, index, out ulong value) ? VcpuEntry.Complete(value) : VcpuEntry.Reject,
        VcpuExitKind.MmioWrite => bus.TryWrite(exit.Address, exit.Width, exit.Value, index) ? VcpuEntry.Complete() : VcpuEntry.Reject,
        VcpuExitKind.FirmwareCall => FirmwareCall(index, vcpu, exit.Value),
        VcpuExitKind.SystemRegisterRead => VcpuEntry.Complete(registers.Read(exit.Address, index)),
        VcpuExitKind.SystemRegisterWrite => registers.Write(exit.Address, index),
        VcpuExitKind.Fault => Fault(index, vcpu, string.Create(CultureInfo.InvariantCulture, $"the engine cannot go on at PC 0x{exit.Address:x}, syndrome 0x{exit.Value:x}")),
        _ => Fault(index, vcpu, string.Create(CultureInfo.InvariantCulture, $"unexpected exit {exit.Kind} at PC 0x{vcpu.ReadRegister(VcpuRegister.PC):x}")),
    };

    // DEN0028, 2.9: other immediates than zero belong to nobody here.
    private VcpuEntry FirmwareCall(int index, IVcpu vcpu, ulong immediate)
    {
        int? result = immediate == 0
            ? psci.Call(
                index,
                (uint)vcpu.ReadRegister(VcpuRegister.X0),
                vcpu.ReadRegister(VcpuRegister.X1),
                vcpu.ReadRegister(VcpuRegister.X2),
                vcpu.ReadRegister(VcpuRegister.X3))
            : Psci.NOT_SUPPORTED;
        return result is { } value ? VcpuEntry.Complete((ulong)value) : VcpuEntry.Resume;
    }

    private VcpuEntry Fault(int index, IVcpu vcpu, string what)
    {
        string registersText = string.Create(
            CultureInfo.InvariantCulture,
            $"ESR_EL1 0x{vcpu.ReadRegister(VcpuRegister.ESR_EL1):x}, FAR_EL1 0x{vcpu.ReadRegister(VcpuRegister.FAR_EL1):x}, ELR_EL1 0x{vcpu.ReadRegister(VcpuRegister.ELR_EL1):x}, PSTATE 0x{vcpu.ReadRegister(VcpuRegister.PSTATE):x}");
        events.Fault(index, $"{what} ({registersText})", null);
        return VcpuEntry.Resume;
    }
}

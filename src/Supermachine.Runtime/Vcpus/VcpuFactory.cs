namespace Supermachine.Runtime;

/// <summary>Creates vCPUs and brings them back to power-on. Called on the owning thread.</summary>
internal sealed class VcpuFactory(IPartition partition, bool canCapture)
{
    /// <param name="index">The vCPU.</param>
    /// <param name="resetState">Its state at power-on; null when the engine cannot tell.</param>
    public IVcpu Create(int index, out VcpuState? resetState)
    {
        IVcpu vcpu = partition.CreateVcpu(index);
        resetState = canCapture ? vcpu.Capture() : null;
        return vcpu;
    }

    /// <summary>Back to power-on. An engine that cannot apply a state makes the vCPU anew.</summary>
    public IVcpu Reset(int index, IVcpu vcpu, VcpuState? resetState)
    {
        if (resetState is null)
        {
            vcpu.Dispose();
            return partition.CreateVcpu(index);
        }

        // Abandons what the vCPU was doing when it was turned off.
        vcpu.WriteRegister(VcpuRegister.PC, 0);
        vcpu.Apply(resetState);
        return vcpu;
    }
}

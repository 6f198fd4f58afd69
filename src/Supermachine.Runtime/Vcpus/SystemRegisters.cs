using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>
/// System registers that an engine leaves to the runtime: OS lock, debug and performance monitor registers. A stock kernel is content
/// with zeros; each register is named in the log once.
/// </summary>
internal sealed class SystemRegisters(ILogger logger)
{
    private readonly ConcurrentDictionary<ulong, bool> _known = new();

    public ulong Read(ulong register, int vcpu)
    {
        Note("read", register, vcpu);
        return 0;
    }

    public VcpuEntry Write(ulong register, int vcpu)
    {
        Note("write", register, vcpu);
        return VcpuEntry.Complete();
    }

    private void Note(string direction, ulong register, int vcpu)
    {
        if (_known.ContainsKey(register) || !_known.TryAdd(register, true)) return;
        logger.LogDebug("vCPU {Vcpu}: {Direction} of system register 0x{Register:x} (op0:op1:CRn:CRm:op2): zero, or ignored", vcpu, direction, register);
    }
}

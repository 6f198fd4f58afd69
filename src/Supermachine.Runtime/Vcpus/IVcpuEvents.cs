namespace Supermachine.Runtime;

/// <summary>What a vCPU thread can tell the machine. The first of these ends the run; it asks every vCPU to pause and does not wait.</summary>
internal interface IVcpuEvents
{
    /// <summary>The guest powered off.</summary>
    void PowerOff();

    /// <summary>The guest asked for a reset.</summary>
    void Reset();

    /// <summary>The guest cannot go on.</summary>
    void Fault(int vcpu, string message, Exception? cause);
}

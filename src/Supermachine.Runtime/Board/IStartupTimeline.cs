namespace Supermachine.Runtime;

/// <summary>Takes the marks of a machine's start, for <c>--timings</c>. Called by the thread that builds or runs; must not block.</summary>
public interface IStartupTimeline
{
    /// <summary>The step has just been completed.</summary>
    void Mark(StartupStep step);
}

/// <summary>The steps of a start, in order.</summary>
public enum StartupStep
{
    /// <summary>Partition, memory, devices and vCPUs exist.</summary>
    Built = 0,

    /// <summary>Kernel, initrd and device tree are in memory.</summary>
    Loaded = 1,

    /// <summary>The parts have been started; endpoints are open.</summary>
    PartsStarted = 2,

    /// <summary>The vCPU threads have been let go.</summary>
    VcpusLaunched = 3,
}

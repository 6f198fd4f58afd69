namespace Supermachine.Engine.Hvf;

/// <content>What is needed of libSystem.</content>
internal sealed unsafe partial class HvApi
{
    // libSystem
    [LibSystem] public delegate* unmanaged<ulong> mach_absolute_time;
    [LibSystem] public delegate* unmanaged<mach_timebase_info_t*, int> mach_timebase_info;
    [LibSystem] public delegate* unmanaged<void*, void> os_release;
    [LibSystem] public delegate* unmanaged<void*, nuint, void> sys_icache_invalidate;
    [LibSystem] public delegate* unmanaged<byte*, void*, nuint*, void*, nuint, int> sysctlbyname;
}

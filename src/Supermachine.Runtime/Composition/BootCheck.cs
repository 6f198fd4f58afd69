using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>Says whether a kernel and an initrd could be booted, without a machine to load them into.</summary>
internal static class BootCheck
{
    /// <summary>Reads the headers and finds room in RAM, as a start does.</summary>
    /// <param name="plan">Takes what is wrong.</param>
    /// <param name="boot">The files. An initrd that is an asset not fetched yet is left out of account, a kernel leaves nothing to check.</param>
    public static void Check(MachinePlan plan, BootSection boot)
    {
        if (HostPaths.AssetOf(boot.Kernel) is not null) return;
        string? initrd = boot.Initrd is { } path && HostPaths.AssetOf(path) is null ? path : null;
        MachineSection machine = plan.Definition.Machine;
        try
        {
            using KernelFile kernel = KernelFile.Open(boot.Kernel, machine.Memory.Bytes);
            using SafeFileHandle? file = initrd is null ? null : HostFile.Open(initrd);
            ulong length = file is null ? 0 : HostFile.Length(initrd!, file);
            BootPlan.Make(machine.RamBase, machine.Memory.Bytes, kernel, new BootOptions { KernelPath = boot.Kernel, InitrdPath = initrd }, length);
        }
        catch (KernelLoadException e)
        {
            Report(plan, boot, e);
        }
    }

    /// <summary>Turns the failure of a load into a diagnostic at the key of the file.</summary>
    public static void Report(MachinePlan plan, BootSection boot, KernelLoadException failure)
    {
        string key = failure.Path == boot.Initrd ? "initrd" : "kernel";
        plan.Diagnostics.Error(DiagnosticCodes.NotBootable, plan.Definition.PlaceOf("boot", key), $"[boot]: {key} {failure.Path}: {failure.Reason}");
    }
}

using System.Globalization;

namespace Supermachine.Engine.Hvf;

/// <summary>A call of Hypervisor.framework failed. The message has the call, the code's name and what to do about it.</summary>
public sealed class HvException : InvalidOperationException
{
    internal HvException(string call, hv_return_t result, string? part = null)
        : base($"{(part is null ? "" : $"{part}: ")}{call} failed with {NameOf(result)} (0x{(uint)result:x8}){Advice(call, result)}") => (Call, Code) = (call, (int)result);

    /// <summary>The function of the framework.</summary>
    public string Call { get; }

    /// <summary>What it returned, as <c>hv_return_t</c>.</summary>
    public int Code { get; }

    /// <summary>Throws unless a call succeeded.</summary>
    /// <param name="result">What it returned.</param>
    /// <param name="call">The function.</param>
    /// <param name="part">What it was about, for the message.</param>
    /// <exception cref="HvException">It failed.</exception>
    internal static void Check(hv_return_t result, string call, string? part = null)
    {
        if (result != HV_SUCCESS) throw new HvException(call, result, part);
    }

    private static string NameOf(hv_return_t result) => Enum.IsDefined(result) ? result.ToString() : ((int)result).ToString(CultureInfo.InvariantCulture);

    private static string Advice(string call, hv_return_t result) => result switch
    {
        HV_DENIED when call == nameof(HvApi.hv_vm_create) =>
            ": the program that runs is not signed with the entitlement com.apple.security.hypervisor; "
            + $"sign it with: codesign --force --sign - --entitlements eng/macos/hypervisor.entitlements \"{Environment.ProcessPath}\"",
        HV_BUSY when call == nameof(HvApi.hv_vm_create) => ": macOS allows one VM in a process, and this one has another",
        HV_NO_RESOURCES => ": the system has no room for another VM or vCPU; end other virtual machines",
        HV_UNSUPPORTED => ": this Mac or this macOS does not have it",
        _ => "",
    };
}

namespace Supermachine.Engine.Hvf.Tests;

public sealed class HvExceptionTests
{
    [Fact]
    public void A_refused_VM_says_how_to_sign()
    {
        HvException refused = new(nameof(HvApi.hv_vm_create), hv_return_t.HV_DENIED);

        Assert.StartsWith("hv_vm_create failed with HV_DENIED (0xfae94007): the program that runs is not signed", refused.Message, StringComparison.Ordinal);
        Assert.Contains("codesign --force --sign - --entitlements eng/macos/hypervisor.entitlements", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("hv_vm_create", unchecked((int)0xfae94007)), (refused.Call, refused.Code));
    }

    [Fact]
    public void A_code_that_is_not_known_is_told_as_a_number() =>
        Assert.Equal("vCPU 3: hv_vcpu_run failed with -2 (0xfffffffe)", new HvException("hv_vcpu_run", (hv_return_t)(-2), "vCPU 3").Message);

    [Fact]
    public void Success_is_none() => HvException.Check(hv_return_t.HV_SUCCESS, "hv_vcpu_run");
}

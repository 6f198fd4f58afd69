namespace Supermachine.Engine.Hvf;

/// <summary>What every call returns unless its prototype says otherwise.</summary>
internal enum hv_return_t : int
{
    HV_SUCCESS = 0,
    HV_ERROR = unchecked((int)0xfae94001),
    HV_BUSY = unchecked((int)0xfae94002),
    HV_BAD_ARGUMENT = unchecked((int)0xfae94003),
    HV_ILLEGAL_GUEST_STATE = unchecked((int)0xfae94004),
    HV_NO_RESOURCES = unchecked((int)0xfae94005),
    HV_NO_DEVICE = unchecked((int)0xfae94006),
    HV_DENIED = unchecked((int)0xfae94007),
    HV_EXISTS = unchecked((int)0xfae94008),
    HV_UNSUPPORTED = unchecked((int)0xfae9400f),
}

namespace Supermachine.Engine.Hvf;

/// <summary>The framework's own state of its GIC: bytes that only the macOS that wrote them reads. Only while no vCPU runs; any thread.</summary>
internal static unsafe class GicBlob
{
    /// <summary>Takes the state; null where the framework cannot write it down.</summary>
    public static byte[]? TryCapture(HvApi api)
    {
        nint state = api.hv_gic_state_create();
        if (state == 0) return null;
        try
        {
            nuint size;
            HvException.Check(api.hv_gic_state_get_size(state, &size), nameof(api.hv_gic_state_get_size));
            byte[] blob = new byte[size];
            fixed (byte* data = blob) HvException.Check(api.hv_gic_state_get_data(state, data), nameof(api.hv_gic_state_get_data));
            return blob;
        }
        finally
        {
            api.Release(state);
        }
    }

    /// <summary>Gives a state back.</summary>
    public static hv_return_t Apply(HvApi api, ReadOnlySpan<byte> blob)
    {
        fixed (byte* data = blob) return api.hv_gic_set_state(data, (nuint)blob.Length);
    }
}

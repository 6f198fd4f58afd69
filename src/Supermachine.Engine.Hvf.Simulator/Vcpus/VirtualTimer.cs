using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// hv_vcpu_set_vtimer_mask and exits for the timer. The timer's own thread asks for the line's level; the vCPU's thread reads and
/// sets the mask.
/// </summary>
/// <param name="hasGic">Whether the line leads to a GIC.</param>
/// <param name="exits">Whether an expiry ends the run.</param>
/// <param name="loses">Asked at each expiry whether nobody hears of it until the timer is unmasked.</param>
/// <param name="wake">Gets the vCPU out of guest code.</param>
internal sealed class VirtualTimer(bool hasGic, bool exits, Func<bool> loses, Action wake)
{
    private volatile bool _isMasked;
    private volatile bool _isLost;
    private bool _isMet;
    private bool _isReported;
    private int _hasFired;

    public bool IsMasked
    {
        get => _isMasked;
        set
        {
            _isMasked = value;
            if (!value) _isLost = false;
        }
    }

    /// <summary>The level that a timer's condition gives the line; what <see cref="VcpuTimers.VirtualLine"/> wants.</summary>
    public bool Line(bool isMet)
    {
        if (!isMet) _isReported = _isLost = false;
        else if (!_isMet) _isLost = loses();
        _isMet = isMet;
        if (!isMet || _isMasked || _isLost) return false;
        if (exits && !(hasGic && _isReported))
        {
            // Masked before anybody can ask, so that a timer that nobody attends to ends one run and no more.
            _isReported = _isMasked = true;
            Interlocked.Exchange(ref _hasFired, 1);
            wake();
            return false;
        }

        return hasGic;
    }

    /// <summary>Whether the run ends for the timer; asked once for each time.</summary>
    public bool TryTakeExpiry() => Interlocked.Exchange(ref _hasFired, 0) != 0;
}

namespace Supermachine.Runtime;

/// <summary>A device's line to the interrupt controller. Remembers its level until the controller exists.</summary>
internal sealed class InterruptLine(string label, uint intid) : IInterruptLine
{
    private readonly Lock _gate = new();
    private IInterruptController? _controller;
    private volatile bool _asserted;

    public string Label { get; } = label;

    public uint Intid { get; } = intid;

    public bool IsAsserted => _asserted;

    public void Connect(IInterruptController controller)
    {
        lock (_gate)
        {
            _controller = controller;
            if (_asserted) controller.SetSpi(Intid, true);
        }
    }

    /// <remarks>The controller is told under the lock, so that two threads leave it with the level that the line has.</remarks>
    public void SetLevel(bool asserted)
    {
        if (_asserted == asserted) return;
        lock (_gate)
        {
            if (_asserted == asserted) return;
            _asserted = asserted;
            _controller?.SetSpi(Intid, asserted);
        }
    }

    /// <summary>Tells the controller the level again, after its state was replaced.</summary>
    public void Reassert()
    {
        lock (_gate) _controller?.SetSpi(Intid, _asserted);
    }
}

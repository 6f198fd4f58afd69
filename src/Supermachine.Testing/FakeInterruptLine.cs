namespace Supermachine.Testing;

/// <summary>A line that remembers its level and counts its rising edges.</summary>
public sealed class FakeInterruptLine : IInterruptLine
{
    private readonly Lock gate = new();
    private bool asserted;
    private int edges;

    /// <inheritdoc/>
    public bool IsAsserted
    {
        get { lock (gate) return asserted; }
    }

    /// <summary>How often the level went from low to high.</summary>
    public int RisingEdges
    {
        get { lock (gate) return edges; }
    }

    /// <summary>Called with the level at every change of it, on the thread that caused it. Must not call the line.</summary>
    public Action<bool>? Changed { get; set; }

    /// <inheritdoc/>
    public void SetLevel(bool asserted)
    {
        lock (gate)
        {
            if (asserted == this.asserted) return;
            this.asserted = asserted;
            if (asserted) edges++;
            Changed?.Invoke(asserted);
        }
    }
}

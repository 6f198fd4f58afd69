namespace Supermachine.Engine.Software.Differential;

/// <summary>Drops what a failing sequence does not need to fail.</summary>
internal static class FuzzShrinker
{
    /// <summary>The shortest that is found by dropping runs of items, long ones first, while it still fails.</summary>
    public static FuzzSequence Shrink(FuzzSequence sequence, Func<FuzzSequence, bool> fails)
    {
        int run = Math.Max(1, sequence.Items.Length / 2);
        while (true)
        {
            bool dropped = false;
            for (int first = sequence.Items.Length - run; first >= 0; first--)
            {
                if (first + run > sequence.Items.Length) continue;
                FuzzSequence shorter = sequence.Without(first, run);
                if (!fails(shorter)) continue;
                sequence = shorter;
                dropped = true;
            }

            if (run > 1) run /= 2;
            else if (!dropped) return sequence;
        }
    }
}

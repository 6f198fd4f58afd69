using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software.Tests.FloatingPoint;

/// <summary>Our arithmetic beside recordings of another implementation's: results, NZCV and every cumulative flag.</summary>
public class FpMathVectorTests
{
    [Fact]
    public void EveryRecordedVectorComesOutTheSame() => Check(initialFpsr: 0);

    // With IXC up already the host's arithmetic is used where it may be: nothing else may change.
    [Fact]
    public void NothingChangesWhenInexactIsAlreadySet() => Check(FpContext.IXC);

    private static void Check(uint initialFpsr)
    {
        int[] counts = new int[FloatingPointOperations.Names.Length];
        List<string> failures = [];
        foreach (FloatingPointVector v in FloatingPointVector.Read())
        {
            counts[v.Operation]++;
            FpContext fp = new() { Fpcr = v.Fpcr, Fpsr = initialFpsr };
            ulong result = FloatingPointOperations.Run(v, ref fp);
            bool compare = FloatingPointOperations.Names[v.Operation].StartsWith("FCMP", StringComparison.Ordinal);
            if (result != (compare ? v.Nzcv : v.Result) || fp.Fpsr != (v.Fpsr | initialFpsr))
                failures.Add($"{v}, ours {result:X} FPSR={fp.Fpsr:X2}");
        }
        Assert.All(counts, count => Assert.True(count >= 200, "Every operation has its vectors."));
        Assert.True(failures.Count == 0, $"{failures.Count} of {counts.Sum()}:\n{string.Join('\n', failures.Take(40))}");
    }
}

using Supermachine.Engine.Software.FloatingPoint;
using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Tests;

/// <summary>Whether recorded vectors show the host's floating point at work: without it they would all agree as well.</summary>
public sealed class FloatingPointPathTests
{
    private const int MinOnHost = 8, MinExact = 1000;

    [Fact]
    public unsafe void Vectors_run_on_the_host_with_IXC_up_and_where_they_are_exact()
    {
        if (!HostFeatures.FloatingPoint) return;
        using VectorReplay replay = new();
        Dictionary<string, Vector[]> vectors = VectorFile.Read(Path.Combine(AppContext.BaseDirectory, "Differential", "Vectors", "FloatingPointAndAdvSimd" + VectorFile.Extension)).ToDictionary();
        List<string> lacking = [];
        int exact = 0;
        foreach (Row row in DecodeTable.Rows.Where(row => row.Emit != null && IsFloatingPoint(row.Name)))
        {
            int up = 0;
            foreach (Vector vector in vectors[row.Name])
            {
                Assert.True(replay.Agrees(vector));
                if (replay.Result.Outcome != CaseOutcome.Completed || !replay.RanTranslated) continue;
                if ((replay.Input[MachineState.FPSR] & FpContext.IXC) != 0) up++;
                else exact++;
            }

            if (up < MinOnHost) lacking.Add($"{row.Name}: {up}");
        }

        Assert.True(lacking.Count == 0, string.Join('\n', lacking));
        Assert.True(exact > MinExact, $"{exact} with IXC clear");
    }

    private static bool IsFloatingPoint(string row) => row[0] == 'F' || row[1..].StartsWith("CVTF", StringComparison.Ordinal);
}

using System.Text;

namespace Supermachine.Engine.Software.Differential;

/// <summary>A sequence on which two machines differ, for people.</summary>
internal static class FuzzReport
{
    /// <param name="sequence">The sequence.</param>
    /// <param name="one">What the one made of it.</param>
    /// <param name="two">What the other made of it.</param>
    /// <param name="names">Whose results they are.</param>
    public static string Describe(FuzzSequence sequence, CaseResult one, CaseResult two, (string One, string Two) names)
    {
        MachineState input = new();
        FuzzInput.Fill(sequence.Mode, sequence.Seed, input);
        StringBuilder text = new();
        text.AppendLine(null, $"sequence of seed 0x{sequence.Seed:x8} at {(sequence.Mode == FuzzMode.User ? "EL0" : "EL1")}:");
        ulong pc = input[MachineState.PC];
        foreach (uint word in sequence.Assemble())
        {
            text.AppendLine(null, $"  {pc:x8}  {word:x8}  {DecodeTable.Find(word)?.Name ?? "UNDEFINED"}");
            pc += 4;
        }

        text.AppendLine(null, $"{names.One} {one.Outcome}, {names.Two} {two.Outcome}");
        text.AppendLine(null, $"  {"",-10} {"before",16} {names.One,16} {names.Two,16}");
        for (int i = 0; i < MachineState.Count; i++)
        {
            if (one.State[i] == input[i] && two.State[i] == input[i]) continue;
            text.AppendLine(null, $"  {MachineState.Name(i),-10} {input[i]:x16} {one.State[i]:x16} {two.State[i]:x16}{(one.State[i] == two.State[i] ? "" : "  DIFFERENT")}");
        }

        foreach (string difference in one.AllDifferences(two)) text.AppendLine(null, $"  {difference}");
        return text.ToString();
    }
}

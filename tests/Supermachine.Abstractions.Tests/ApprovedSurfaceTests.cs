namespace Supermachine.Abstractions.Tests;

/// <summary>The contracts are a promise: a change to them is a change to <c>Supermachine.Abstractions.approved.txt</c> that somebody reviews.</summary>
public sealed class ApprovedSurfaceTests
{
    [Fact]
    public void The_public_surface_of_the_contracts_is_the_approved_one()
    {
        string approved = Path.Combine(AppContext.BaseDirectory, "Supermachine.Abstractions.approved.txt");
        string actual = PublicSurface.Of(typeof(IEngine).Assembly);
        string[] before = File.ReadAllText(approved).ReplaceLineEndings("\n").Split('\n');
        string[] now = actual.Split('\n');
        if (before.SequenceEqual(now)) return;

        File.WriteAllText(Path.ChangeExtension(approved, ".actual.txt"), actual);
        Assert.Fail(
            $"The contracts have changed. If that is meant, copy {Path.ChangeExtension(approved, ".actual.txt")} over the approved file."
            + $"\nGone:\n{string.Join('\n', before.Except(now))}\nNew:\n{string.Join('\n', now.Except(before))}");
    }
}

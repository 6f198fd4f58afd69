namespace Supermachine.Engine.Software.Differential;

/// <summary>Instructions, and the seed of the state they start with.</summary>
internal readonly record struct TestCase(uint[] Code, uint Seed)
{
    public override string ToString() => $"{string.Join(' ', Code.Select(word => word.ToString("x8", null)))} seed {Seed:x8}";
}

/// <summary>A case and the hash of its output state.</summary>
internal readonly record struct Vector(TestCase Case, uint Hash);

namespace Supermachine.Toml.Tests.Corpus;

/// <summary>A fact about the corpus: without it, skipped with a message that says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute(string absent)
    {
        if (TomlTestCorpus.Directory is null) Skip = absent;
    }
}

/// <summary>A theory about the corpus, like <see cref="CorpusFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute(string absent)
    {
        if (TomlTestCorpus.Directory is null) Skip = absent;
    }
}

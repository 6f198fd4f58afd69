namespace Supermachine.Testing;

/// <summary>A part does not keep a rule that its kind of part has to keep; the message names the rule.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>No message.</summary>
    public ConformanceException()
    {
    }

    /// <summary>Names the rule.</summary>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Names the rule, and what was thrown instead of keeping it.</summary>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static void Require(bool kept, string rule)
    {
        if (!kept) throw new ConformanceException(rule);
    }
}

using Microsoft.Extensions.Logging;

namespace Supermachine.Testing;

/// <summary>A logger that keeps its lines. Any thread may log.</summary>
public sealed class RecordingLogger : ILogger
{
    private readonly Lock gate = new();
    private readonly List<(LogLevel Level, string Message)> entries = [];

    /// <summary>A copy of the lines so far, oldest first.</summary>
    public IReadOnlyList<(LogLevel Level, string Message)> Entries
    {
        get { lock (gate) return [.. entries]; }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (gate) entries.Add((logLevel, formatter(state, exception)));
    }
}

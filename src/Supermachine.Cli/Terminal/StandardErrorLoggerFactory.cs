using Microsoft.Extensions.Logging;

namespace Supermachine.Cli.Terminal;

/// <summary>Log lines on the error output, which is not the guest's. Each ends with a carriage return too: the terminal may be in raw mode.</summary>
internal sealed class StandardErrorLoggerFactory(LogLevel lowest) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lowest);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("this program logs to its error output alone");

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(string category, LogLevel lowest) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            string level = logLevel >= LogLevel.Error ? "error: " : logLevel == LogLevel.Warning ? "warning: " : "";
            StandardError.WriteLine($"supermachine: {category}: {level}{formatter(state, exception)}{(exception is null ? "" : $": {exception.Message}")}");
        }
    }
}

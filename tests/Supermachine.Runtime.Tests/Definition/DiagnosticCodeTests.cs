using System.Reflection;

namespace Supermachine.Runtime.Tests;

/// <summary>Every code has a row in the reference, and every row a code.</summary>
public sealed class DiagnosticCodeTests
{
    [Fact]
    public void The_reference_lists_the_codes_there_are()
    {
        IEnumerable<string> codes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        IEnumerable<string> documented = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics.md")).Where(l => l.StartsWith("| SM", StringComparison.Ordinal)).Select(l => l[2..8]);

        Assert.Equal(codes.Order(StringComparer.Ordinal), documented);
    }

    [Fact]
    public void A_diagnostic_reads_as_compilers_write_them()
    {
        Diagnostic error = new("SM0107", DiagnosticSeverity.Error, SourcePlace.InFile("machines/dev.toml", 14, 9, "/"), "device \"disk0\": queue_size must be a power of two between 1 and 256, was 300");

        Assert.Equal("machines/dev.toml(14,9): error SM0107: device \"disk0\": queue_size must be a power of two between 1 and 256, was 300", error.ToString());
    }
}

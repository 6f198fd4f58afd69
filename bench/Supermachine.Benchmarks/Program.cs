using BenchmarkDotNet.Running;

namespace Supermachine.Benchmarks;

/// <summary>Runs the benchmarks that the command line names; see the README beside this folder.</summary>
internal static class Program
{
    private static void Main(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
}

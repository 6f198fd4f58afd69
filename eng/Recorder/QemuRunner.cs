using System.Diagnostics;
using System.Runtime.InteropServices;
using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>
/// Runs cases under qemu-aarch64, through runner.c. Cases of FEAT_LSE run on the CPU "max" without SVE and SME, all others on a
/// Cortex-A72: Armv8.0, where later extensions are UNDEFINED as they are on our engine.
/// </summary>
internal sealed class QemuRunner : IDisposable
{
    /// <summary>Makes a case's input state, as <see cref="InputState.Fill"/> does.</summary>
    public delegate void InputFiller(ReadOnlySpan<uint> code, uint seed, MachineState state);

    private const int BatchSize = 4096;
    private const int WordsPerRequest = CaseLayout.MaxInstructions + 1;
    // Where no address that cases make by accident lies.
    private const string ImageAddress = "-Wl,-Ttext-segment=0x2a5500000000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("recorder-").FullName;
    private readonly string _runner;
    private readonly InputFiller _fill;
    private readonly string[] _options;

    /// <param name="fill">How; as vectors have it by default.</param>
    /// <param name="options">For the runner: "fenced" for the memory of <see cref="FuzzLayout"/>.</param>
    public QemuRunner(InputFiller? fill = null, params string[] options)
    {
        _fill = fill ?? InputState.Fill;
        _options = options;
        _runner = Path.Combine(_folder, "runner");
        string source = Path.Combine(AppContext.BaseDirectory, "runner.c");
        string compiler = Environment.GetEnvironmentVariable("CC") ?? "aarch64-linux-gnu-gcc";
        if (!Execute(compiler, ["-O2", "-static", ImageAddress, "-o", _runner, source])) throw new InvalidOperationException($"{compiler} cannot compile {source}");
    }

    /// <summary>The results in the order of the cases; null where the case left no runner to tell.</summary>
    public CaseResult?[] Run(IReadOnlyList<TestCase> cases)
    {
        CaseResult?[] results = new CaseResult?[cases.Count];
        foreach (var cpu in Enumerable.Range(0, cases.Count).GroupBy(i => Cpu(cases[i])))
            foreach (int[] batch in cpu.Chunk(BatchSize))
                RunBatch(cpu.Key, cases, batch, results);
        return results;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Cpu(TestCase one) => one.Code.Any(Encodings.IsLargeSystemExtension) ? "max,sve=off,sme=off" : "cortex-a72";

    private void RunBatch(string cpu, IReadOnlyList<TestCase> cases, int[] batch, CaseResult?[] results)
    {
        string requests = Path.Combine(_folder, "cases"), answers = Path.Combine(_folder, "answers");
        WriteRequests(requests, batch.Select(i => cases[i]));
        string qemu = Environment.GetEnvironmentVariable("QEMU") ?? "qemu-aarch64";
        if (Execute(qemu, ["-cpu", cpu, _runner, requests, answers, .. _options]))
        {
            using BinaryReader reader = new(File.OpenRead(answers));
            foreach (int i in batch) results[i] = ReadAnswer(reader);
        }
        else if (batch.Length > 1)
        {
            RunBatch(cpu, cases, batch[..(batch.Length / 2)], results);
            RunBatch(cpu, cases, batch[(batch.Length / 2)..], results);
        }
    }

    private void WriteRequests(string path, IEnumerable<TestCase> cases)
    {
        using BinaryWriter writer = new(File.Create(path));
        writer.Write(MemoryMarshal.AsBytes<ulong>(CaseLayout.Pristine));
        MachineState state = new();
        foreach (TestCase one in cases)
        {
            _fill(one.Code, one.Seed, state);
            writer.Write(one.Code.Length);
            writer.Write(0);
            for (int i = 0; i < WordsPerRequest; i++) writer.Write(i < one.Code.Length ? one.Code[i] : 0);
            writer.Write(MemoryMarshal.AsBytes<ulong>(state.Words));
        }
    }

    private static CaseResult ReadAnswer(BinaryReader reader)
    {
        CaseResult result = new() { Outcome = Outcome(reader.ReadInt32()) };
        int changes = reader.ReadInt32();
        reader.ReadUInt64(); // the fault's address: see docs/reference/differential-test.md
        for (int i = 0; i < MachineState.Count; i++) result.State[i] = reader.ReadUInt64();
        for (int i = 0; i < changes; i++) result.Changes.Add(new MemoryChange((int)reader.ReadUInt64(), reader.ReadUInt64()));
        return result;
    }

    private static CaseOutcome Outcome(int signal) => signal switch
    {
        4 => CaseOutcome.Undefined,
        5 => CaseOutcome.Completed,
        7 => CaseOutcome.Alignment,
        11 => CaseOutcome.Abort,
        _ => throw new InvalidDataException($"a case ended in signal {signal}"),
    };

    private static bool Execute(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience)) process.Kill();
        process.WaitForExit();
        if (process.ExitCode != 0) Console.Error.WriteLine($"{program} ended with {process.ExitCode} {errors.Result.Trim()}");
        return process.ExitCode == 0;
    }
}

using System.Text;
using Microsoft.Extensions.Logging;
using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

/// <summary>A machine on a scripted engine, with a tiny raw kernel in a temporary file.</summary>
internal sealed class TestMachine : IDisposable, ILoggerFactory
{
    private readonly string _kernel = Path.GetTempFileName();

    public TestMachine(Func<ScriptedVcpu, IEnumerable<VcpuExit>> program, int vcpus = 1, ResetPolicy onReset = ResetPolicy.Exit, bool canCapture = true)
    {
        File.WriteAllBytes(_kernel, [0x5f, 0x20, 0x03, 0xd5]);
        Engine = new ScriptedEngine(program);
        Engine = new ScriptedEngine(program) { Capabilities = Engine.Capabilities with { CanCaptureVcpu = canCapture } };
        var settings = new MachineSettings { Name = "test", VcpuCount = vcpus, Memory = ByteSize.FromMiB(8), OnReset = onReset };
        Builder = new MachineBuilder(Engine, settings, this, Time);
        Builder.UseBoot(new BootOptions { KernelPath = _kernel });
    }

    public ScriptedEngine Engine { get; }

    public ManualTimeProvider Time { get; } = new();

    public MachineBuilder Builder { get; }

    public RecordingLogger Log { get; } = new();

    public ILogger CreateLogger(string categoryName) => Log;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose() => File.Delete(_kernel);
}

/// <summary>A console that remembers output.</summary>
internal sealed class RecordingConsole : IConsoleBackend
{
    private readonly StringBuilder _text = new();

    public IConsoleInput? Input { get; private set; }

    public string Text
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    public void Write(ReadOnlySpan<byte> output)
    {
        lock (_text) _text.Append(Encoding.ASCII.GetString(output));
    }

    public void Start(IConsoleInput input) => Input = input;
}

using System.Diagnostics;
using System.Globalization;
using Supermachine;
using Supermachine.Engine.Software;
using Supermachine.Latency;

// How soon a vCPU answers: a stop request while it runs, a line raised while it sleeps, a timer. Microseconds: median, 99 %, most.
const int Samples = 2000, Warm = 200;

foreach (GuestExecution execution in new[] { GuestExecution.Translated, GuestExecution.Interpreted })
{
    Report(execution, "RequestExit to return, tight loop", Between(execution, Guest.Endless, guest => guest.Vcpu.RequestExit(), _ => { }));
    Report(execution, "SPI raised to HVC after WFI", Between(execution, Guest.Sleeper, Raise, Lower));
    Report(execution, "timer's deadline to CNTVCT_EL0 after WFI", Lateness(execution));
}

static void Raise(Guest guest) => guest.Partition.InterruptController.SetSpi(32, true);

static void Lower(Guest guest) => guest.Partition.InterruptController.SetSpi(32, false);

// From an action on another thread to the return of Run on the vCPU's.
static double[] Between(GuestExecution execution, ReadOnlySpan<uint> program, Action<Guest> act, Action<Guest> undo)
{
    uint[] words = program.ToArray();
    double[] samples = new double[Samples];
    using var ready = new SemaphoreSlim(0);
    using var returned = new SemaphoreSlim(0);
    long end = 0;
    Guest? shared = null;
    var thread = new Thread(() =>
    {
        using var guest = new Guest(execution, words);
        if (words.Length > 1) guest.Vcpu.Run(VcpuEntry.Resume);
        shared = guest;
        for (int i = 0; i < Samples; i++)
        {
            ready.Release();
            guest.Vcpu.Run(VcpuEntry.Resume);
            end = Stopwatch.GetTimestamp();
            undo(guest);
            returned.Release();
        }
    });
    thread.Start();
    for (int i = 0; i < Samples; i++)
    {
        ready.Wait();
        Thread.Sleep(1); // by now the guest runs, or sleeps
        long start = Stopwatch.GetTimestamp();
        act(shared!);
        returned.Wait();
        samples[i] = Stopwatch.GetElapsedTime(start, end).TotalMicroseconds;
    }

    thread.Join();
    return samples;
}

static double[] Lateness(GuestExecution execution)
{
    using var guest = new Guest(execution, Guest.Sleeper, x0: 1);
    guest.Vcpu.Run(VcpuEntry.Resume);
    double[] samples = new double[Samples];
    for (int i = 0; i < Samples; i++)
    {
        guest.Vcpu.Run(VcpuEntry.Resume);
        samples[i] = guest.Vcpu.ReadRegister(VcpuRegister.X0) * 1e6 / (500.0 * guest.Vcpu.ReadRegister(VcpuRegister.X0 + 7)); // X7 is a 500th of CNTFRQ_EL0
    }

    return samples;
}

static void Report(GuestExecution execution, string what, double[] samples)
{
    double[] sorted = [.. samples.Skip(Warm).Order()];
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{execution,-11}  {what,-42} {sorted[sorted.Length / 2],8:f1} {sorted[sorted.Length * 99 / 100],8:f1} {sorted[^1],8:f1}"));
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// Puts one thread to sleep until another wakes it: WFI and the timer thread. A wake that comes first is kept, so that
/// "set the signal, unpark" against "look at the signals, park" never loses one. Allocates nothing.
/// </summary>
internal sealed unsafe class Parker
{
    /// <summary>No time limit.</summary>
    public const ulong Forever = ulong.MaxValue;

    private const int Empty = 0;
    private const int Token = 1;
    private const int Parked = -1;
    private const int Cell = 16; // in the middle of two cache lines that are nobody else's

    private readonly int[] _cells = GC.AllocateArray<int>(2 * Cell, pinned: true);
    private readonly object _monitor = new();

    /// <summary>Sleeps until <see cref="Unpark"/> or for a time; only the owning thread. May return early.</summary>
    /// <param name="nanoseconds">The limit; <see cref="Forever"/> for none.</param>
    public void Park(ulong nanoseconds = Forever)
    {
        ref int state = ref _cells[Cell];
        if (Interlocked.CompareExchange(ref state, Parked, Empty) == Empty && nanoseconds != 0)
        {
            // SAFETY: the array is pinned for its whole life and this object keeps it alive.
            if (Futex.IsSupported) Futex.Wait((int*)Unsafe.AsPointer(ref state), Parked, nanoseconds);
            else WaitPortably(nanoseconds);
        }
        Volatile.Write(ref state, Empty);
        Interlocked.MemoryBarrier(); // what the waker stored before is looked at after
    }

    /// <summary>Wakes the thread, or makes its next <see cref="Park"/> return at once. Any thread.</summary>
    public void Unpark()
    {
        ref int state = ref _cells[Cell];
        if (Interlocked.Exchange(ref state, Token) != Parked) return;
        // SAFETY: as in Park.
        if (Futex.IsSupported) Futex.Wake((int*)Unsafe.AsPointer(ref state));
        else
        {
            lock (_monitor) Monitor.Pulse(_monitor);
        }
    }

    /// <summary>Whole milliseconds asleep, the rest awake: the framework's own waits know nothing finer.</summary>
    private void WaitPortably(ulong nanoseconds)
    {
        long start = Stopwatch.GetTimestamp();
        int milliseconds = nanoseconds == Forever ? Timeout.Infinite : (int)Math.Min(nanoseconds / 1_000_000, int.MaxValue);
        if (milliseconds != 0)
        {
            lock (_monitor)
            {
                if (Volatile.Read(ref _cells[Cell]) == Parked) Monitor.Wait(_monitor, milliseconds);
            }
            return;
        }
        while (Volatile.Read(ref _cells[Cell]) == Parked && (ulong)Stopwatch.GetElapsedTime(start).Ticks * 100 < nanoseconds) Thread.Yield();
    }
}

using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>Linux's futex(2): the one way to sleep for microseconds that another thread can end at once.</summary>
internal static unsafe partial class Futex
{
    private const int FUTEX_WAIT_PRIVATE = 128;
    private const int FUTEX_WAKE_PRIVATE = 129;
    private const int PR_SET_TIMERSLACK = 29;

    /// <summary>__NR_futex; zero on hosts that have none that we know.</summary>
    private static readonly nint SystemCall = !OperatingSystem.IsLinux() ? 0 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => 0,
    };

    [ThreadStatic]
    private static bool t_isPrecise;

    public static bool IsSupported => SystemCall != 0;

    /// <summary>Sleeps while the word holds a value, until woken or the time is over; may return early.</summary>
    // SAFETY: the caller keeps the word at a fixed address for the duration of the call; the kernel only reads it.
    public static void Wait(int* word, int expected, ulong nanoseconds)
    {
        if (nanoseconds == Parker.Forever)
        {
            _ = syscall(SystemCall, word, FUTEX_WAIT_PRIVATE, expected, null);
            return;
        }
        MakePrecise();
        var timeout = new Timespec { Seconds = (long)(nanoseconds / 1_000_000_000), Nanoseconds = (long)(nanoseconds % 1_000_000_000) };
        _ = syscall(SystemCall, word, FUTEX_WAIT_PRIVATE, expected, &timeout);
    }

    /// <summary>Wakes one sleeper.</summary>
    // SAFETY: as Wait; a wake of a word that nobody waits on does nothing.
    public static void Wake(int* word) => _ = syscall(SystemCall, word, FUTEX_WAKE_PRIVATE, 1, null);

    /// <summary>The kernel may let a thread oversleep by 50 us to save power; a timer's thread cannot afford it.</summary>
    private static void MakePrecise()
    {
        if (t_isPrecise) return;
        _ = prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        t_isPrecise = true;
    }

    // SAFETY: both are declared as the C library has them; their variadic arguments go in registers like any other on Linux.
    [LibraryImport("libc")]
    private static partial nint syscall(nint number, int* word, nint operation, nint value, Timespec* timeout);

    [LibraryImport("libc")]
    private static partial int prctl(int option, nint argument2, nint argument3, nint argument4, nint argument5);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

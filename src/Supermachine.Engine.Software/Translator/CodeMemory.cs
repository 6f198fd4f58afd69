using System.Runtime.InteropServices;
using static Supermachine.Engine.Software.LinuxMemory;

namespace Supermachine.Engine.Software;

/// <summary>
/// Memory for machine code, mapped twice: one view can be written, the other executed, and no page is ever both in one view.
/// </summary>
internal sealed unsafe partial class CodeMemory : IDisposable
{
    private const uint CloseOnExec = 1;

    /// <summary>Bytes that are asked of the host at a time: a fault for each small page of either view costs more.</summary>
    private const int Step = 256 << 10;

    private readonly nuint _size;
    private byte* _populated;

    private CodeMemory(byte* write, byte* execute, nuint size)
    {
        Write = write;
        Execute = execute;
        _size = size;
        _populated = write;
    }

    public byte* Write { get; private set; }

    public byte* Execute { get; private set; }

    public byte* End => Write + _size;

    /// <summary>Whether an address lies in the executable view.</summary>
    public bool Executes(ulong address) => address - (ulong)Execute < _size;

    /// <summary>Has the host put memory behind what will be written next; where it cannot (Linux before 5.14), faults do that as it is written.</summary>
    /// <param name="write">From where on, in the writable view.</param>
    public void Prepare(byte* write)
    {
        if (write + (Step / 2) < _populated || _populated == End) return;
        nuint size = Math.Min(Step, (nuint)(End - _populated));
        // SAFETY: both ranges lie within this object's mappings, and populating changes no contents.
        _ = madvise(_populated, size, PopulateWrite);
        _ = madvise(Execute + (_populated - Write), size, PopulateRead);
        _populated += size;
    }

    /// <summary>Why translated code cannot run on this host, or null.</summary>
    public static string? WhyNot()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) return $"there is no translator to {RuntimeInformation.ProcessArchitecture}";
        if (!OperatingSystem.IsLinux()) return "the translator needs Linux";
        using CodeMemory? probe = TryCreate((nuint)Environment.SystemPageSize, out string? refusal);
        return refusal;
    }

    /// <summary>Maps memory, or gives null and the reason where the host refuses.</summary>
    public static CodeMemory? TryCreate(nuint size, out string? refusal)
    {
        refusal = null;
        int descriptor = memfd_create("supermachine-code", CloseOnExec);
        if (descriptor < 0 || ftruncate(descriptor, (long)size) != 0)
        {
            refusal = $"memfd_create: error {Marshal.GetLastPInvokeError()}";
            if (descriptor >= 0) _ = close(descriptor);
            return null;
        }

        // SAFETY: fresh shared mappings of a file of this size, at addresses that the kernel chooses.
        void* write = mmap(null, size, ProtRead | ProtWrite, MapShared, descriptor, 0);
        void* execute = mmap(null, size, ProtRead | ProtExec, MapShared, descriptor, 0);
        int error = Marshal.GetLastPInvokeError();
        _ = close(descriptor);
        if ((nint)write != -1 && (nint)execute != -1) return new CodeMemory((byte*)write, (byte*)execute, size);
        if ((nint)write != -1) _ = munmap(write, size);
        if ((nint)execute != -1) _ = munmap(execute, size);
        refusal = $"the host maps no executable memory: error {error}";
        return null;
    }

    public void Dispose()
    {
        if (Write == null) return;
        _ = munmap(Write, _size);
        _ = munmap(Execute, _size);
        Write = Execute = null;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ftruncate(int descriptor, long length);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}

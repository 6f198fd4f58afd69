namespace Supermachine;

/// <summary>
/// A device behind a window of guest-physical addresses. The bus checks bounds, width and alignment against <see cref="Window"/>
/// before it calls, and sets the policy for accesses that a device refuses; a device only says what happened.
/// </summary>
/// <remarks>
/// Called by vCPU threads, one call at a time per device: the bus holds the device's own lock around each access.
/// Neither method may block, throw for anything a guest did, or keep a reference to the calling thread.
/// </remarks>
public interface IMmioDevice
{
    /// <summary>The size of the window and the access widths that are legal in it. Constant for the life of the device.</summary>
    MmioWindow Window { get; }

    /// <summary>Reads a register.</summary>
    /// <param name="offset">Bytes from the start of the window; a multiple of the width, and the access lies within the window.</param>
    /// <param name="width">A width that <see cref="Window"/> allows.</param>
    /// <param name="value">The value in the low bytes, zero above; ignored unless the result is <see cref="MmioResult.Ok"/>.</param>
    MmioResult Read(uint offset, AccessWidth width, out ulong value);

    /// <summary>Writes a register.</summary>
    /// <param name="offset">Bytes from the start of the window; a multiple of the width, and the access lies within the window.</param>
    /// <param name="width">A width that <see cref="Window"/> allows.</param>
    /// <param name="value">The value in the low bytes, zero above.</param>
    MmioResult Write(uint offset, AccessWidth width, ulong value);
}

/// <summary>The window a device wants on the bus. The board chooses the address.</summary>
/// <param name="Size">Bytes, a power of two from 0x200 to 0x10000000. The window is aligned to it.</param>
/// <param name="Widths">The access widths the registers answer to.</param>
public readonly record struct MmioWindow(uint Size, AccessWidths Widths = AccessWidths.Word);

/// <summary>What came of an access to a device.</summary>
public enum MmioResult : byte
{
    /// <summary>The access took place.</summary>
    Ok,

    /// <summary>There is no register at the offset. A read gives ones, a write is dropped, and one rate-limited line is logged.</summary>
    NoSuchRegister,

    /// <summary>The register cannot be accessed in this direction or state. Handled as <see cref="NoSuchRegister"/>.</summary>
    NotPermitted,
}

/// <summary>The width of one access, in bytes.</summary>
public enum AccessWidth : byte
{
    /// <summary>8 bits.</summary>
    Byte = 1,

    /// <summary>16 bits.</summary>
    HalfWord = 2,

    /// <summary>32 bits.</summary>
    Word = 4,

    /// <summary>64 bits.</summary>
    DoubleWord = 8,
}

/// <summary>A set of access widths.</summary>
[Flags]
public enum AccessWidths : byte
{
    /// <summary>No width.</summary>
    None = 0,

    /// <summary>8 bits.</summary>
    Byte = 1,

    /// <summary>16 bits.</summary>
    HalfWord = 2,

    /// <summary>32 bits.</summary>
    Word = 4,

    /// <summary>64 bits.</summary>
    DoubleWord = 8,

    /// <summary>Every width.</summary>
    Any = Byte | HalfWord | Word | DoubleWord,
}

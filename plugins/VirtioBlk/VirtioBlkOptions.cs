using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>The keys of a <c>virtio-blk</c> device in a machine file.</summary>
public sealed class VirtioBlkOptions : IValidatableObject
{
    private const int MaxQueueSize = 256;
    private const int MaxThreads = 8;

    /// <summary>VIRTIO_BLK_ID_BYTES (virtio 1.2, section 5.2.6): the room for a serial.</summary>
    internal const int MaxSerialLength = 20;

    /// <summary>The disk's contents: a raw image, a multiple of 512 bytes long.</summary>
    [Required]
    [HostPath(MustExist = true)]
    public string Path { get; set; } = "";

    /// <summary>What becomes of the guest's writes.</summary>
    public DiskMode Mode { get; set; } = DiskMode.ReadWrite;

    /// <summary>Mode overlay: the file that keeps the guest's changes, made when it is not there. Left out, they are kept in memory and gone with the machine.</summary>
    [HostPath]
    public string? OverlayPath { get; set; }

    /// <summary>What the guest reads as the disk's serial number: up to 20 printable ASCII characters.</summary>
    public string Serial { get; set; } = "";

    /// <summary>The most requests in the queue: a power of two from 1 to 256.</summary>
    public int QueueSize { get; set; } = 128;

    /// <summary>How many threads do the disk's work, 1 to 8. A flush holds up the requests of one thread only.</summary>
    public int Threads { get; set; } = 2;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (QueueSize is < 1 or > MaxQueueSize || !BitOperations.IsPow2(QueueSize))
            yield return new ValidationResult($"queue_size must be a power of two between 1 and {MaxQueueSize}, was {QueueSize}", [nameof(QueueSize)]);
        if (Threads is < 1 or > MaxThreads)
            yield return new ValidationResult($"threads must be between 1 and {MaxThreads}, was {Threads}", [nameof(Threads)]);
        if (Serial.Length > MaxSerialLength || !IsPrintable(Serial))
            yield return new ValidationResult($"serial must be at most {MaxSerialLength} printable ASCII characters, was '{Serial}'", [nameof(Serial)]);
        if (OverlayPath is not null && Mode != DiskMode.Overlay)
            yield return new ValidationResult("overlay_path has a meaning with mode = \"overlay\" only", [nameof(OverlayPath)]);
    }

    private static bool IsPrintable(string text)
    {
        foreach (char letter in text)
        {
            if (letter is < ' ' or > '~') return false;
        }

        return true;
    }
}

/// <summary>What becomes of the guest's writes.</summary>
public enum DiskMode
{
    /// <summary>They go to the file. Nobody else may have it open.</summary>
    ReadWrite = 0,

    /// <summary>They are refused. Other readers may share the file.</summary>
    ReadOnly = 1,

    /// <summary>They go to a layer above the file, which stays as it is and may be shared.</summary>
    Overlay = 2,
}

using System.ComponentModel.DataAnnotations;

namespace Supermachine.Runtime;

/// <summary>The <c>[boot]</c> table.</summary>
public sealed record BootSection
{
    /// <summary>The kernel: a path or an asset.</summary>
    [Required]
    [HostPath(MustExist = true)]
    public string Kernel { get; init; } = "";

    /// <summary>The initial RAM disk: a path or an asset.</summary>
    [HostPath(MustExist = true)]
    public string? Initrd { get; init; }

    /// <summary>The kernel's command line. The binding is <c>/chosen/bootargs</c>, 2048 bytes in arm64 Linux (COMMAND_LINE_SIZE).</summary>
    [MaxLength(2047, ErrorMessage = "{0} must be at most 2047 characters long")]
    public string Cmdline { get; init; } = "";
}

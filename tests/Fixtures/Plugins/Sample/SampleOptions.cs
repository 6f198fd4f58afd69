using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Supermachine;

namespace Fixture;

/// <summary>An option of every type that a key can have.</summary>
public sealed record SampleOptions
{
    [Required]
    [HostPath(MustExist = true)]
    public string Path { get; set; } = "";

    [HostPath]
    public IReadOnlyList<string> MorePaths { get; set; } = [];

    public SampleMode Mode { get; set; } = SampleMode.ReadWrite;

    [Range(1, 256)]
    public int QueueSize { get; set; } = 128;

    public bool Discard { get; set; } = true;

    public byte Small { get; set; }

    public ulong Large { get; set; }

    public double Ratio { get; set; } = 0.5;

    public ByteSize Cache { get; set; } = ByteSize.FromMiB(1);

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan? Grace { get; set; }

    [MinLength(2, ErrorMessage = "{0} must have at least two elements")]
    public IReadOnlyList<int>? Ports { get; set; }

    public string Serial { get; set; } = "";
}

public enum SampleMode
{
    ReadOnly,
    ReadWrite,
    Overlay,
}

public sealed class SampleValidator : IValidateOptions<SampleOptions>
{
    public ValidateOptionsResult Validate(string? name, SampleOptions options)
    {
        List<string> failures = [];
        if (options.Serial.Length > 20) failures.Add($"serial must be at most 20 characters, was {options.Serial.Length}");
        if (options.Mode is SampleMode.Overlay && !options.Discard) failures.Add("an overlay always discards");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

using System.ComponentModel.DataAnnotations;

namespace Supermachine.Runtime;

/// <summary>The <c>[machine]</c> table.</summary>
public sealed record MachineSection : IValidatableObject
{
    private static readonly GuestAddress[] RamBases = [new(0x4000_0000), new(0x8000_0000)];

    /// <summary>The machine's name: in the window title of its console, in logs and in snapshots.</summary>
    [Required]
    public string Name { get; init; } = "machine";

    /// <summary>The engine, or <c>auto</c> for the first one that this host has.</summary>
    public string Engine { get; init; } = EngineRegistry.Auto;

    /// <summary>The number of vCPUs.</summary>
    [Range(1, 512)]
    public int Vcpus { get; init; } = 1;

    /// <summary>The guest's RAM.</summary>
    public ByteSize Memory { get; init; } = ByteSize.FromMiB(512);

    /// <summary>Where RAM starts: 0x40000000 or 0x80000000.</summary>
    public GuestAddress RamBase { get; init; } = RamBases[0];

    /// <summary>What SYSTEM_RESET does.</summary>
    public ResetPolicy OnReset { get; init; } = ResetPolicy.Restart;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Name.Length != 0 && !IsName(Name)) yield return new($"name must be letters, digits, \".\", \"_\" and \"-\", was {ValueReader.Format(Name)}", [nameof(Name)]);
        if (Memory < ByteSize.FromMiB(1)) yield return new($"memory must be at least 1MiB, was {Memory}", [nameof(Memory)]);
        if (RamBase != RamBases[0] && RamBase != RamBases[1]) yield return new($"ram_base must be {RamBases[0]} or {RamBases[1]}, was {RamBase}", [nameof(RamBase)]);
    }

    // Not a RegularExpressionAttribute: loading regular expressions takes longer than anything else that is checked at a start.
    private static bool IsName(string text) => char.IsAsciiLetterOrDigit(text[0]) && NameCharacters.Only(text, "._-");
}

namespace Supermachine.Runtime;

/// <summary>The codes of diagnostics, for ever: a number is never used again for another meaning. Explained in <c>docs/reference/diagnostics.md</c>.</summary>
internal static class DiagnosticCodes
{
    // The file as a whole.
    public const string Syntax = "SM0001";
    public const string Unreadable = "SM0002";
    public const string BadOverride = "SM0003";

    // Keys and values.
    public const string UnknownKey = "SM0101";
    public const string MissingKey = "SM0102";
    public const string WrongType = "SM0103";
    public const string Malformed = "SM0104";
    public const string UnknownWord = "SM0105";
    public const string DuplicateId = "SM0106";
    public const string Refused = "SM0107";
    public const string MissingFile = "SM0108";
    public const string UnknownAsset = "SM0109";

    // Kinds and plugins.
    public const string UnknownKind = "SM0201";
    public const string AmbiguousKind = "SM0202";
    public const string OtherContracts = "SM0203";
    public const string MissingDependency = "SM0204";
    public const string ConfigureFailed = "SM0205";
    public const string KindNotRegistered = "SM0206";
    public const string KindNotAnnounced = "SM0207";
    public const string NotAPlugin = "SM0209";
    public const string LeakedContracts = "SM0210";
    public const string Unloadable = "SM0211";
    public const string MissingNativeLibrary = "SM0212";
    public const string HiddenPlugin = "SM0213";

    // The machine.
    public const string NotInThisVersion = "SM0301";
    public const string Engine = "SM0302";
    public const string PartFailed = "SM0303";
    public const string AssetFailed = "SM0304";
    public const string NotBootable = "SM0305";
}

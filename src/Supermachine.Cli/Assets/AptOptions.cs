namespace Supermachine.Cli.Assets;

/// <summary>Where apt looks for packages, when not where the host's own configuration says.</summary>
/// <param name="Mirror">The address of a Debian mirror, or null for the host's sources.</param>
/// <param name="Suite">The suite on that mirror.</param>
/// <param name="Keyring">The keyring that signs it, or null for the keys the host trusts.</param>
internal sealed record AptOptions(string? Mirror = null, string Suite = "bookworm", string? Keyring = null);

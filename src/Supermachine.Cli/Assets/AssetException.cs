namespace Supermachine.Cli.Assets;

/// <summary>A guest could not be found, fetched or built; the message is for the person.</summary>
internal sealed class AssetException : IOException
{
    public AssetException(string message) : base(message)
    {
    }

    public AssetException(string message, Exception inner) : base(message, inner)
    {
    }
}

namespace Supermachine.Engine.Software;

/// <content>Rows of the Crypto class.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddCryptoRows(List<Row> rows)
    {
    }
}

namespace Supermachine.Engine.Software;

/// <content>Rows of the AdvSimd class.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdRows(List<Row> rows)
    {
    }
}

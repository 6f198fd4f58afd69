namespace Supermachine.Engine.Software;

/// <content>Rows of the FloatingPoint class.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddFloatingPointRows(List<Row> rows)
    {
    }
}

namespace Supermachine.Engine.Software;

/// <content>Rows of Advanced SIMD on integers; the floating-point ones are apart.</content>
internal static unsafe partial class DecodeTable
{
    private const RowTraits AdvSimd = RowTraits.Fp | RowTraits.Stays;

    private static void AddAdvSimdRows(List<Row> rows)
    {
        AddAdvSimdStructureRows(rows);
        AddAdvSimdMoveRows(rows);
        AddAdvSimdThreeSameRows(rows);
        AddAdvSimdThreeDifferentRows(rows);
        AddAdvSimdTwoRegisterRows(rows);
        AddAdvSimdShiftRows(rows);
        AddAdvSimdScalarRows(rows);
    }
}

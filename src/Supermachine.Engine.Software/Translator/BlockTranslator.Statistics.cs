namespace Supermachine.Engine.Software;

/// <content>Counting, in code that was made for <see cref="ExecutionStatistics"/>.</content>
internal sealed unsafe partial class BlockTranslator
{
    private void EmitCountBlock(int ops)
    {
        EmitAdd(CpuOffset.Blocks, 1);
        EmitAdd(CpuOffset.Instructions, ops);
    }

    /// <summary>Adds to a counter of the vCPU.</summary>
    private void EmitAdd(int counter, int value)
    {
        Asm.RegMem(0x81, ADD, Cpu0, counter, wide: true);
        Asm.Int32(value);
    }

    /// <summary>Adds one to a counter that vCPUs share. Takes RCX.</summary>
    private void EmitCount(ulong counter)
    {
        Asm.MoveConstant(B, counter);
        Asm.RegMem(0x81, ADD, B, 0, wide: true, prefix: 0xF0);
        Asm.Int32(1);
    }

    /// <summary>The row of an op of the block that is being translated; null where it has none.</summary>
    private Row? RowOf(Op* op) => _rows[op - _block];
}

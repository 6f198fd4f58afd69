namespace Supermachine.Engine.Software;

/// <summary>Which blocks may be run more than once: all their effects are on the CPU's own registers and on memory.</summary>
internal static unsafe class VerifiableBlocks
{
    /// <param name="words">The instruction of each op, as <see cref="BlockBuilder.Build"/> gives them.</param>
    public static bool Contains(ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
            if (BlockBuilder.IsInstruction(word) && !MayRepeat(word)) return false;
        return true;
    }

    private static bool MayRepeat(uint instruction)
    {
        Row row = DecodeTable.Find(instruction)!; // it is bound
        if ((row.Traits & RowTraits.System) == 0) return true;
        return row.Name switch
        {
            "SVC" or "BRK" or "ERET" or "HINT" or "CLREX" or "DMB" or "ISB" or "MSR (immediate)" or "DC ZVA" => true,
            "MRS" or "MSR (register)" => IsOwn(instruction.Field(5, 16)),
            _ => false,
        };
    }

    /// <summary>Registers that are state of the CPU, and change nothing else when they are written.</summary>
    private static bool IsOwn(uint encoding) => SystemRegisters.Find(encoding) is { } register
        && (register.Field is not null || register.Constant is not null || register.Name is "NZCV" or "DAIF" or "SPSel" or "CurrentEL" or "FPCR" or "FPSR");
}

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// The part of a data abort's syndrome that describes the instruction (ARM ARM D19.2.37, ISV and what it makes valid): loads and
/// stores of one general register without write-back have it, nothing else does.
/// </summary>
internal static class InstructionSyndrome
{
    private const uint ISV = 1 << 24, SSE = 1 << 21, SF = 1 << 15, AR = 1 << 14;

    /// <summary>ISV, SAS, SSE, SRT, SF and AR for an A64 instruction; zero where the hardware gives none.</summary>
    public static uint Of(uint instruction)
    {
        if ((instruction & 0x3F00_0000) == 0x0800_0000) return OfOrdered(instruction);
        if ((instruction & 0x3E00_0000) != 0x3800_0000) return 0; // load/store register, V = 0
        bool isUnsignedOffset = (instruction >> 24 & 1) != 0;
        bool isRegisterOffset = (instruction >> 21 & 1) != 0 && (instruction >> 10 & 3) == 2;
        bool isUnscaled = (instruction >> 21 & 1) == 0 && (instruction >> 10 & 3) is 0 or 2; // LDUR, LDTR and their like
        if (!isUnsignedOffset && !isRegisterOffset && !isUnscaled) return 0;
        uint size = instruction >> 30, opc = instruction >> 22 & 3;
        if (size == 3 && opc >= 2) return 0; // PRFM
        bool isSigned = opc >= 2, is64 = isSigned ? opc == 2 : size == 3;
        return ISV | size << 22 | (isSigned ? SSE : 0) | (instruction & 31) << 16 | (is64 ? SF : 0);
    }

    /// <summary>LDAR and STLR; the exclusive forms and the pairs have none.</summary>
    private static uint OfOrdered(uint instruction)
    {
        if ((instruction >> 21 & 7) is not (4 or 6) || (instruction >> 15 & 1) == 0) return 0; // o2 = 1, o1 = 0, o0 = 1
        uint size = instruction >> 30;
        return ISV | size << 22 | (instruction & 31) << 16 | (size == 3 ? SF : 0) | AR;
    }
}

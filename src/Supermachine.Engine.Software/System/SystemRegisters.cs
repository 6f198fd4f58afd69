using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// Every system register of the machine but the GIC's, which <see cref="GicV3"/> answers. Rows by class in the SystemRegisters.*.cs
/// files. Without EL2 and EL3 their registers are UNDEFINED, as are the optional ones that the ID registers do not announce.
/// </summary>
internal static unsafe partial class SystemRegisters
{
    public static readonly uint SP_EL0 = SystemRegister.Encode(3, 0, 4, 1, 0);
    public static readonly uint CurrentEL = SystemRegister.Encode(3, 0, 4, 2, 2);
    public static readonly uint NZCV = SystemRegister.Encode(3, 3, 4, 2, 0);
    public static readonly uint DAIF = SystemRegister.Encode(3, 3, 4, 2, 1);

    /// <summary>A vCPU that never runs, for the offsets of its fields. First of all: the tables are made with it.</summary>
    private static readonly Cpu* At = (Cpu*)NativeMemory.AllocZeroed((nuint)sizeof(Cpu));

    private static readonly FrozenDictionary<uint, SystemRegister> ByEncoding = Rows().ToFrozenDictionary(row => row.Encoding);

    /// <summary>All registers, in table order.</summary>
    public static IReadOnlyList<SystemRegister> All { get; } = [.. Rows()];

    /// <summary>The register with an encoding, or null. The identification space that nothing is assigned to reads as zero.</summary>
    public static SystemRegister? Find(uint encoding)
    {
        if (ByEncoding.TryGetValue(encoding, out SystemRegister? register)) return register;
        bool reserved = encoding >= SystemRegister.Encode(3, 0, 0, 1, 0) && encoding <= SystemRegister.Encode(3, 0, 0, 7, 7);
        return reserved ? new SystemRegister("RES0", encoding) { Constant = 0 } : null;
    }

    /// <summary>Offsets of SCTLR_EL1 and CNTKCTL_EL1, which say what EL0 may do.</summary>
    public static int OffsetOfControl => OffsetOf(&At->Sys.SCTLR_EL1);

    public static int OffsetOfTimerControl => OffsetOf(&At->Sys.CNTKCTL_EL1);

    /// <summary>What gives a register to a hypervisor, whether or not it is there without one.</summary>
    public static HypervisorTraps TrapOf(uint encoding)
    {
        uint op0 = encoding >> 14, op1 = encoding >> 11 & 7, crn = encoding >> 7 & 15, crm = encoding >> 3 & 15;
        return (op0, op1, crn) switch
        {
            (2, 0, 1) => crm is 0 or 1 or 3 or 4 && (encoding & 7) == 4 ? HypervisorTraps.TDOSA : HypervisorTraps.TDA,
            (2, _, _) => HypervisorTraps.TDA,
            (3, 0, 9) when crm == 14 => HypervisorTraps.TPM,
            (3, 3, 9) when crm is >= 12 and <= 14 => HypervisorTraps.TPM,
            (3, 3, 14) when crm >= 8 => HypervisorTraps.TPM,
            _ => HypervisorTraps.None,
        };
    }

    private static IEnumerable<SystemRegister> Rows() => [.. Identification(), .. Control(), .. State(), .. Timer(), .. Debug()];

    private static SystemRegister Constant(string name, uint op1, uint crn, uint crm, uint op2, ulong value, El0Access el0 = El0Access.Undefined) =>
        new(name, SystemRegister.Encode(3, op1, crn, crm, op2)) { Constant = value, El0Read = el0 };

    private static int OffsetOf(void* field) => (int)((byte*)field - (byte*)At);

    private static SystemRegister Plain(string name, uint op0, uint op1, uint crn, uint crm, uint op2, void* field, ulong writable = ulong.MaxValue) =>
        new(name, SystemRegister.Encode(op0, op1, crn, crm, op2)) { Field = OffsetOf(field), Writable = writable };
}

namespace Supermachine.Engine.Software;

/// <content>
/// Identification (ARM ARM D19.2): Armv8.0-A at EL1 and EL0, AArch64 only, with FEAT_E0PD. Optional extensions are announced when the decode table
/// has their instructions, so that what the registers promise and what is UNDEFINED never part.
/// </content>
internal static unsafe partial class SystemRegisters
{
    /// <summary>Implementer 0 is reserved for software; the architecture is told by the ID registers. Part and revision are our own.</summary>
    private const ulong MIDR = 0x000F_5340;

    /// <summary>DIC 0, IDC 1, 64-byte lines everywhere, physically indexed instruction cache: IC IVAU is needed, DC CVAU is not.</summary>
    private const ulong CTR = 0x9444_C004;

    /// <summary>One level of separate caches; no level to clean to for the point of unification.</summary>
    private const ulong CLIDR = 1 << 24 | 3;

    /// <summary>32 KiB, four ways of 128 sets of 64 bytes.</summary>
    private const ulong CCSIDR = 127 << 13 | 3 << 3 | 2;

    private static IEnumerable<SystemRegister> Identification() =>
    [
        Constant("MIDR_EL1", 0, 0, 0, 0, MIDR),
        new("MPIDR_EL1", SystemRegister.Encode(3, 0, 0, 0, 5)) { Read = &ReadMpidr },
        Constant("REVIDR_EL1", 0, 0, 0, 6, 0),
        Constant("ID_AA64PFR0_EL1", 0, 0, 4, 0, Pfr0()),
        Constant("ID_AA64DFR0_EL1", 0, 0, 5, 0, 6 | 1 << 12 | 1 << 20), // Armv8.0 debug, two breakpoints, two watchpoints, no PMU
        Constant("ID_AA64ISAR0_EL1", 0, 0, 6, 0, Isar0()),
        Constant("ID_AA64MMFR0_EL1", 0, 0, 7, 0, 2 | 2 << 4 | 1 << 20), // 40 bits, 16-bit ASIDs, all three granules
        Constant("ID_AA64MMFR2_EL1", 0, 0, 7, 2, 1ul << 60), // E0PD: an EL0 that cannot probe the kernel's half needs no tables of its own
        Constant("AIDR_EL1", 1, 0, 0, 7, 0),
        Constant("CLIDR_EL1", 1, 0, 0, 1, CLIDR),
        new("CCSIDR_EL1", SystemRegister.Encode(3, 1, 0, 0, 0)) { Read = &ReadCcsidr },
        Plain("CSSELR_EL1", 3, 2, 0, 0, 0, &At->Sys.CSSELR_EL1, 15),
        Constant("CTR_EL0", 3, 0, 0, 1, CTR, El0Access.CacheType),
        new("DCZID_EL0", SystemRegister.Encode(3, 3, 0, 0, 7)) { Read = &ReadDczid, El0Read = El0Access.Allowed },
    ];

    /// <summary>EL0 and EL1 in AArch64, the GIC's registers; CSV2 and CSV3: an interpreter speculates on nobody's behalf.</summary>
    private static ulong Pfr0()
    {
        ulong fp = Has(0x1E60_2800) ? 0ul : 15, simd = Has(0x4E20_8400) ? 0ul : 15; // FADD Dd, ADD Vd.16B
        return 1 | 1 << 4 | fp << 16 | simd << 20 | 1 << 24 | 1ul << 56 | 1ul << 60;
    }

    private static ulong Isar0()
    {
        ulong aes = Has(0x4E28_4800) ? Has(0x0EE0_E000) ? 2ul : 1 : 0; // AESE; PMULL Vd.1Q
        ulong sha1 = Has(0x5E00_0000) ? 1ul : 0, sha2 = Has(0x5E00_4000) ? 1ul : 0; // SHA1C, SHA256H
        ulong crc32 = Has(0x1AC0_4000) ? 1ul : 0, atomic = Has(0xB820_0000) ? 2ul : 0; // CRC32B, LDADD
        return aes << 4 | sha1 << 8 | sha2 << 12 | crc32 << 16 | atomic << 20;
    }

    private static bool Has(uint instruction)
    {
        Op op = default;
        return DecodeTable.Find(instruction) is { } row && row.Bind(instruction, &op);
    }

    private static ulong ReadMpidr(Cpu* cpu) => cpu->Sys.MPIDR_EL1;

    /// <summary>The data and the instruction cache of level 1 are alike; there is no other.</summary>
    private static ulong ReadCcsidr(Cpu* cpu) => cpu->Sys.CSSELR_EL1 <= 1 ? CCSIDR : 0;

    /// <summary>DC ZVA takes 64 bytes; DZP says whether it is prohibited here.</summary>
    private static ulong ReadDczid(Cpu* cpu) => cpu->El == 0 && (cpu->Sys.SCTLR_EL1 & Sctlr.DZE) == 0 ? 0x14ul : 4;
}

namespace Supermachine.Engine.Hvf;

/// <summary>
/// The guest's own translation (ARM ARM D8.2), for what an exit leaves open: the instruction at the PC, and the second page of an access
/// across two. It answers as of now; a guest that changes its tables meanwhile gets one answer or the other.
/// </summary>
internal static unsafe class StageOneWalk
{
    private const ulong OutputMask = 0x0000_ffff_ffff_f000, TableMask = 0x0000_ffff_ffff_fffe;
    private const ulong UserTable = 1ul << 61, ReadOnlyTable = 1ul << 62;
    private const int UserBit = 6, ReadOnlyBit = 7, AccessFlagBit = 10;

    /// <summary>1 GiB, in bits: no granule has larger blocks.</summary>
    private const int LargestBlock = 30;

    /// <summary>Translates an address.</summary>
    /// <param name="vcpu">Whose registers.</param>
    /// <param name="memory">Where the tables are.</param>
    /// <param name="va">The address.</param>
    /// <param name="access">What for: a read, a write, or an instruction fetch, whose permission is not checked because it has happened.</param>
    /// <param name="pa">The guest-physical address.</param>
    /// <param name="fault">The fault status code (DFSC) where there is none.</param>
    public static bool TryTranslate(VcpuHandle vcpu, GuestMappings memory, ulong va, MemoryProtection access, out ulong pa, out uint fault)
    {
        (pa, fault) = (va, 0);
        if ((vcpu[HV_SYS_REG_SCTLR_EL1] & 1) == 0) return true;
        bool upper = (va >> 55 & 1) != 0;
        ulong tcr = vcpu[HV_SYS_REG_TCR_EL1];
        ulong half = upper ? tcr >> 16 : tcr;
        int granule = GranuleBits((uint)(half >> 14 & 3), upper);
        int inputBits = 64 - (int)(half & 0x3f);
        ulong high = (va << 8 >> 8) >> inputBits;
        bool canonical = high == (upper ? ulong.MaxValue << 8 >> 8 >> inputBits : 0);
        fault = FaultStatus.Translation;
        if (!canonical || (half >> 7 & 1) != 0 || granule == 0 || inputBits is < 25 or > 48) return false;
        Walk walk = new(vcpu[upper ? HV_SYS_REG_TTBR1_EL1 : HV_SYS_REG_TTBR0_EL1] & TableMask, granule, inputBits);
        return walk.TryFind(memory, va & (ulong.MaxValue >> (64 - inputBits)), IsEl0(vcpu), access, out pa, out fault);
    }

    private static bool IsEl0(VcpuHandle vcpu) => (vcpu[HV_REG_CPSR] & 0xc) == 0;

    // TCR_EL1.TG0 and TG1 name the granules in different orders.
    private static int GranuleBits(uint field, bool upper) => (upper, field) switch
    {
        (false, 0) or (true, 2) => 12,
        (false, 2) or (true, 1) => 14,
        (false, 1) or (true, 3) => 16,
        _ => 0,
    };

    /// <summary>One walk: where its tables begin, and how addresses are cut.</summary>
    private readonly ref struct Walk(ulong table, int granule, int inputBits)
    {
        private readonly int _stride = granule - 3;

        public bool TryFind(GuestMappings memory, ulong va, bool el0, MemoryProtection access, out ulong pa, out uint fault)
        {
            ulong at = table, restrictions = 0;
            pa = 0;
            for (int level = 4 - ((inputBits - granule + _stride - 1) / _stride); ; level++)
            {
                int shift = granule + (_stride * (3 - level));
                int bits = Math.Min(_stride, inputBits - shift);
                byte* host = memory.Host(at + ((va >> shift & ((1ul << bits) - 1)) * 8), 8, MemoryProtection.Read);
                fault = FaultStatus.ExternalOnWalk + (uint)level;
                if (host == null) return false;
                ulong descriptor = Volatile.Read(ref *(ulong*)host);
                fault = FaultStatus.Translation + (uint)level;
                if ((descriptor & 1) == 0 || (level == 3 && (descriptor & 2) == 0)) return false;
                if (level < 3 && (descriptor & 2) != 0)
                {
                    restrictions |= descriptor & (UserTable | ReadOnlyTable);
                    at = descriptor & OutputMask & ~((1ul << granule) - 1);
                    continue;
                }

                if (shift > LargestBlock) return false;
                pa = (descriptor & OutputMask & ~((1ul << shift) - 1)) | (va & ((1ul << shift) - 1));
                return IsAllowed(descriptor, restrictions, el0, access, level, out fault);
            }
        }

        private static bool IsAllowed(ulong descriptor, ulong restrictions, bool el0, MemoryProtection access, int level, out uint fault)
        {
            fault = FaultStatus.AccessFlag + (uint)level;
            if ((descriptor >> AccessFlagBit & 1) == 0) return false;
            fault = FaultStatus.Permission + (uint)level;
            if (access == MemoryProtection.Execute) return true;
            bool user = (descriptor >> UserBit & 1) != 0 && (restrictions & UserTable) == 0;
            bool readOnly = (descriptor >> ReadOnlyBit & 1) != 0 || (restrictions & ReadOnlyTable) != 0;
            return (user || !el0) && !(readOnly && access == MemoryProtection.Write);
        }
    }
}

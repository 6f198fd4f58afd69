namespace Supermachine.Engine.Software.Tests;

/// <summary>
/// A bare machine with the MMU on: 4 KiB granule, 39 bits. RAM lies at its own address in one gigabyte block; the first two
/// megabytes of the address space are 4 KiB pages for a test to map; the next four are two blocks.
/// </summary>
internal sealed class TranslatedMachine : IDisposable
{
    public const ulong AF = TableBuilder.AF, EL0 = TableBuilder.EL0, ReadOnly = TableBuilder.ReadOnly, PXN = TableBuilder.PXN, UXN = TableBuilder.UXN;

    /// <summary>AttrIndx 1 is Device-nGnRnE.</summary>
    public const ulong Device = 1 << 2;

    /// <summary>The physical page that a test's pages map unless it says otherwise, with room for eight.</summary>
    public const ulong Data = BareMachine.Ram + 0x20_0000;

    /// <summary>TCR_EL1: 39 bits, 40 of physical address, nothing by TTBR1.</summary>
    public const ulong Tcr = 25 | 2ul << 32 | 1 << 23;

    public const ulong CurrentSync = 0x104, LowerSync = 0x108;

    private const ulong Root = BareMachine.Ram + 0x10_0000;

    public TranslatedMachine(int vcpus = 1, ulong sctlr = 0, bool verify = false)
    {
        Machine = new BareMachine(vcpus, verify);
        Machine.Store(Root, Root + 0x1000 | 3);
        Machine.Store(Root + 8, BareMachine.Ram | AF | 1);
        Machine.Store(Root + 0x1000, Root + 0x2000 | 3);
        Start(sctlr);
    }

    public BareMachine Machine { get; }

    /// <summary>Code that turns the MMU on, for the start of any vCPU.</summary>
    public void Start(ulong sctlr = 0) => Machine.Set("VBAR_EL1", BareMachine.Vectors).Set("MAIR_EL1", 0xFF).Set("TCR_EL1", Tcr)
        .Set("TTBR0_EL1", Root).Set("SCTLR_EL1", 1 | sctlr);

    public static ulong PageSlot(ulong va) => Root + 0x2000 + 8 * (va >> 12);

    public static ulong BlockSlot(ulong va) => Root + 0x1000 + 8 * (va >> 21);

    public TranslatedMachine Page(ulong va, ulong attributes = AF, ulong pa = Data)
    {
        Machine.Store(PageSlot(va), pa | attributes | 3);
        return this;
    }

    public TranslatedMachine Block(ulong va, ulong pa, ulong attributes = AF)
    {
        Machine.Store(BlockSlot(va), pa | attributes | 1);
        return this;
    }

    public static uint Load(uint rt, uint rn) => 0xF940_0000 | rn << 5 | rt;

    public static uint Ldtr(uint rt, uint rn) => 0xF840_0800 | rn << 5 | rt;

    public static uint Store(uint rt, uint rn) => 0xF900_0000 | rn << 5 | rt;

    public static uint Branch(uint rn) => 0xD61F_0000 | rn << 5;

    /// <summary>TLBI VAE1 or VAE1IS of the operand in a register.</summary>
    public static uint TlbiVa(uint rt, bool inner = false) => BareMachine.Sys(0, 8, inner ? 3u : 7, 1, rt);

    public void Dispose() => Machine.Dispose();
}

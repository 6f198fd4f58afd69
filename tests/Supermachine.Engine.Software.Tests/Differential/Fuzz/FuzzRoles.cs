namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// The registers of a sequence that have a purpose, so that what a random instruction leaves in one does not end the sequence. They
/// are others in each, because the translator keeps some registers otherwise than the rest; never the one that calls write.
/// </summary>
internal readonly struct FuzzRoles
{
    public const int BaseCount = 4;

    private const int Count = BaseCount + 4;
    private const int LinkRegister = 30;
    private readonly byte[] _registers;

    public FuzzRoles(uint seed)
    {
        var random = new Xorshift(seed ^ 0x524F_4C45ul << 32);
        byte[] all = [.. Enumerable.Range(0, LinkRegister).Select(register => (byte)register)];
        for (uint i = 0; i < Count; i++)
        {
            uint other = i + random.Below((uint)all.Length - i);
            (all[i], all[other]) = (all[other], all[i]);
        }

        _registers = all[..Count];
        foreach (byte register in _registers) Reserved |= 1u << register;
    }

    /// <summary>A bit for each of them.</summary>
    public uint Reserved { get; }

    /// <summary>Never written.</summary>
    public uint Constant => _registers[BaseCount];

    /// <summary>How many branches backward are left to take.</summary>
    public uint Counter => _registers[BaseCount + 1];

    /// <summary>Not negative.</summary>
    public uint Index => _registers[BaseCount + 2];

    public uint SignedIndex => _registers[BaseCount + 3];

    /// <summary>Changed by write-back and by <see cref="FuzzGenerator"/>'s own instructions only.</summary>
    public uint Base(uint number) => _registers[number];

    public bool Has(uint register) => (Reserved >> (int)register & 1) != 0;

    /// <summary>A register that has no role.</summary>
    public uint Free(ref Xorshift random)
    {
        uint register = random.Below(31);
        while (Has(register)) register = random.Below(31);
        return register;
    }
}

namespace Supermachine.Engine.Software;

/// <summary>What a row's instructions do beyond registers: how the decoder ends blocks and how the differential test sets them up.</summary>
[Flags]
internal enum RowTraits
{
    None = 0,

    /// <summary>Ends its block: a branch, an exception, or a change of the context that predecoded code relies on.</summary>
    EndsBlock = 1,

    /// <summary>Traps while CPACR_EL1.FPEN says so.</summary>
    Fp = 2,

    /// <summary>Accesses memory at an address made from Rn (bits 9 to 5).</summary>
    Memory = 4,

    /// <summary>Accesses memory relative to the PC.</summary>
    Literal = 8,

    /// <summary>Changes the PC.</summary>
    Branch = 16,

    /// <summary>Depends on or changes system state: not for user-mode comparison.</summary>
    System = 32,

    /// <summary>Does nothing but compute registers from registers: always goes on to the next instruction, and reads no flags.</summary>
    Stays = 64,

    /// <summary>Sets all of NZCV.</summary>
    WritesFlags = 128,

    /// <summary>A branch that may not be taken.</summary>
    Conditional = 256,

    /// <summary>Reads NZCV, and otherwise does nothing but compute: always goes on to the next instruction.</summary>
    ReadsFlags = 512,

    /// <summary>Its emitter leaves EFLAGS alone where they are wanted later.</summary>
    KeepsHostFlags = 1024,

    /// <summary>No image holds its handler (128-bit integers): the JIT compiles it at the first use. So it is with most of <see cref="Fp"/>.</summary>
    CompiledAtUse = 2048,
}

/// <summary>
/// A row of the decode table. One table drives the decoder, the interpreter's dispatch and the differential test.
/// </summary>
/// <param name="name">Unique: the ARM ARM's mnemonic and form.</param>
/// <param name="pattern">32 characters, most significant first: 0 and 1 are fixed, anything else is an operand. Blanks are ignored.</param>
/// <param name="bind">Fills an op for an instruction that fits the pattern; false when the encoding is unallocated.</param>
/// <param name="traits">What it does beyond registers.</param>
/// <param name="emit">Translates an instruction whose op is bound; null, or false from it, leaves it to the interpreter.</param>
internal sealed unsafe class Row(
    string name,
    string pattern,
    delegate*<uint, Op*, bool> bind,
    RowTraits traits = RowTraits.None,
    delegate*<BlockTranslator, uint, Op*, bool> emit = null)
{
    public string Name { get; } = name;

    public string Pattern { get; } = pattern.Replace(" ", "", StringComparison.Ordinal);

    public delegate*<uint, Op*, bool> Bind { get; } = bind;

    public RowTraits Traits { get; } = traits;

    public delegate*<BlockTranslator, uint, Op*, bool> Emit { get; } = emit;

    /// <summary>Ones where the pattern is fixed.</summary>
    public uint Mask { get; private set; }

    /// <summary>The fixed bits.</summary>
    public uint Value { get; private set; }

    public bool Matches(uint instruction) => (instruction & Mask) == Value;

    /// <summary>Its place in <see cref="DecodeTable.Rows"/>.</summary>
    public int Index { get; private set; }

    /// <summary>Parses the pattern into mask and value.</summary>
    public Row Parse(int index)
    {
        Index = index;
        if (Pattern.Length != 32) throw new InvalidOperationException($"row {Name}: the pattern has {Pattern.Length} bits");
        foreach (char bit in Pattern)
        {
            Mask = Mask << 1 | (bit is '0' or '1' ? 1u : 0);
            Value = Value << 1 | (bit == '1' ? 1u : 0);
        }

        return this;
    }
}

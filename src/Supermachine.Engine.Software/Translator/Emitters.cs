using System.Collections.Frozen;

namespace Supermachine.Engine.Software;

/// <summary>
/// What is translated: for each binder of the decode table that has one, the function that emits host code for its rows. A row
/// without runs in the interpreter.
/// </summary>
internal static unsafe class Emitters
{
    private static readonly FrozenDictionary<nint, nint> ByBinder = All();

    /// <summary>The emitter for a row, or null. It gives false for an encoding that it leaves to the interpreter.</summary>
    public static delegate*<BlockTranslator, uint, Op*, bool> Find(Row row) =>
        (delegate*<BlockTranslator, uint, Op*, bool>)ByBinder.GetValueOrDefault((nint)row.Bind);

    /// <summary>What an instruction does with the flags. Unknown instructions may leave the block, so they read.</summary>
    public static FlagUse FlagsOf(uint word)
    {
        if (DecodeTable.Find(word) is not { } row) return FlagUse.Reads;
        nint binder = (nint)row.Bind;
        if (binder == (nint)(delegate*<uint, Op*, bool>)&AluBinder.AddSubImmediate
            || binder == (nint)(delegate*<uint, Op*, bool>)&AluBinder.AddSubShifted
            || binder == (nint)(delegate*<uint, Op*, bool>)&AluBinder.AddSubExtended) return word.Bit(29) ? FlagUse.Writes : FlagUse.None;
        if (binder == (nint)(delegate*<uint, Op*, bool>)&AluBinder.LogicalImmediate
            || binder == (nint)(delegate*<uint, Op*, bool>)&AluBinder.LogicalShifted) return word.Field(29, 2) == 3 ? FlagUse.Writes : FlagUse.None;
        if (binder == (nint)(delegate*<uint, Op*, bool>)&Moves.BindMoveWide
            || binder == (nint)(delegate*<uint, Op*, bool>)&Moves.BindAddress
            || binder == (nint)(delegate*<uint, Op*, bool>)&Moves.BindBitfield
            || binder == (nint)(delegate*<uint, Op*, bool>)&Moves.BindExtract
            || binder == (nint)(delegate*<uint, Op*, bool>)&Arithmetic.BindThreeSource
            || binder == (nint)(delegate*<uint, Op*, bool>)&Arithmetic.BindTwoSource
            || binder == (nint)(delegate*<uint, Op*, bool>)&OneSource.Bind) return FlagUse.None;
        return FlagUse.Reads;
    }

    private static FrozenDictionary<nint, nint> All()
    {
        Dictionary<nint, nint> emitters = [];
        Add(emitters, &AluBinder.AddSubImmediate, &BlockTranslator.AddSubImmediate);
        Add(emitters, &AluBinder.AddSubShifted, &BlockTranslator.AddSubShifted);
        Add(emitters, &AluBinder.AddSubExtended, &BlockTranslator.AddSubExtended);
        Add(emitters, &AluBinder.LogicalImmediate, &BlockTranslator.LogicalImmediate);
        Add(emitters, &AluBinder.LogicalShifted, &BlockTranslator.LogicalShifted);
        Add(emitters, &Moves.BindMoveWide, &BlockTranslator.MoveWide);
        Add(emitters, &Moves.BindAddress, &BlockTranslator.Address);
        Add(emitters, &Moves.BindBitfield, &BlockTranslator.Bitfield);
        Add(emitters, &Moves.BindExtract, &BlockTranslator.Extract);
        Add(emitters, &Arithmetic.BindThreeSource, &BlockTranslator.ThreeSource);
        Add(emitters, &Arithmetic.BindTwoSource, &BlockTranslator.TwoSource);
        Add(emitters, &OneSource.Bind, &BlockTranslator.OneSourceOp);
        Add(emitters, &Conditional.BindWithCarry, &BlockTranslator.WithCarry);
        Add(emitters, &Conditional.BindSelect, &BlockTranslator.Select);
        Add(emitters, &Conditional.BindCompare, &BlockTranslator.ConditionalCompare);
        Add(emitters, &LoadStoreBinder.UnsignedImmediate, &BlockTranslator.LoadStoreUnsigned);
        Add(emitters, &LoadStoreBinder.Unscaled, &BlockTranslator.LoadStoreUnscaled);
        Add(emitters, &LoadStoreBinder.PostIndexed, &BlockTranslator.LoadStorePostIndexed);
        Add(emitters, &LoadStoreBinder.PreIndexed, &BlockTranslator.LoadStorePreIndexed);
        Add(emitters, &LoadStoreBinder.RegisterOffset, &BlockTranslator.LoadStoreRegister);
        Add(emitters, &LoadStoreBinder.Unprivileged, &BlockTranslator.LoadStoreUnprivileged);
        Add(emitters, &LoadStoreBinder.BindLiteral, &BlockTranslator.LoadLiteral);
        Add(emitters, &LoadStoreBinder.BindPair, &BlockTranslator.LoadStorePair);
        Add(emitters, &Branches.BindImmediate, &BlockTranslator.Branch);
        Add(emitters, &Branches.BindConditional, &BlockTranslator.BranchIf);
        Add(emitters, &Branches.BindCompare, &BlockTranslator.CompareAndBranch);
        Add(emitters, &Branches.BindTest, &BlockTranslator.TestAndBranch);
        Add(emitters, &Branches.BindRegister, &BlockTranslator.BranchRegister);
        Add(emitters, &SystemInstructions.BindHint, &BlockTranslator.Hint);
        Add(emitters, &SystemInstructions.BindBarrier, &BlockTranslator.DataMemoryBarrier);
        Add(emitters, &SystemAccess.BindRead, &BlockTranslator.ReadSystemRegister);
        return emitters.ToFrozenDictionary();
    }

    private static void Add(Dictionary<nint, nint> emitters, delegate*<uint, Op*, bool> binder, delegate*<BlockTranslator, uint, Op*, bool> emitter) =>
        emitters.Add((nint)binder, (nint)emitter);
}

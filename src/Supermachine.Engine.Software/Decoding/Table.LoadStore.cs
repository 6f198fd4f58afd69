namespace Supermachine.Engine.Software;

/// <content>Loads and stores of registers and pairs (ARM ARM C4.1, Loads and stores). Structures are with AdvSIMD.</content>
internal static unsafe partial class DecodeTable
{
    private const RowTraits Access = RowTraits.Memory;
    private const RowTraits FpAccess = RowTraits.Memory | RowTraits.Fp;

    private static void AddLoadStoreRows(List<Row> rows) => rows.AddRange(
    [
        new("LDR, STR, PRFM (immediate)", "zz111001ooiiiiiiiiiiiinnnnnttttt", &LoadStoreBinder.UnsignedImmediate, Access, emit: &BlockTranslator.LoadStoreUnsigned),
        new("LDUR, STUR, PRFUM", "zz111000oo0iiiiiiiii00nnnnnttttt", &LoadStoreBinder.Unscaled, Access, emit: &BlockTranslator.LoadStoreUnscaled),
        new("LDR, STR (post-index)", "zz111000oo0iiiiiiiii01nnnnnttttt", &LoadStoreBinder.PostIndexed, Access, emit: &BlockTranslator.LoadStorePostIndexed),
        new("LDTR, STTR", "zz111000oo0iiiiiiiii10nnnnnttttt", &LoadStoreBinder.Unprivileged, Access, emit: &BlockTranslator.LoadStoreUnprivileged),
        new("LDR, STR (pre-index)", "zz111000oo0iiiiiiiii11nnnnnttttt", &LoadStoreBinder.PreIndexed, Access, emit: &BlockTranslator.LoadStorePreIndexed),
        new("LDR, STR, PRFM (register)", "zz111000oo1mmmmmoooS10nnnnnttttt", &LoadStoreBinder.RegisterOffset, Access, emit: &BlockTranslator.LoadStoreRegister),
        new("LDR, LDRSW, PRFM (literal)", "oo011000iiiiiiiiiiiiiiiiiiittttt", &LoadStoreBinder.BindLiteral, RowTraits.Literal, emit: &BlockTranslator.LoadLiteral),
        new("LDNP, STNP", "oo1010000Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, Access, emit: &BlockTranslator.LoadStorePair),
        new("LDP, STP (post-index)", "oo1010001Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, Access, emit: &BlockTranslator.LoadStorePair),
        new("LDP, STP (offset)", "oo1010010Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, Access, emit: &BlockTranslator.LoadStorePair),
        new("LDP, STP (pre-index)", "oo1010011Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, Access, emit: &BlockTranslator.LoadStorePair),

        new("LDR, STR (SIMD immediate)", "zz111101ooiiiiiiiiiiiinnnnnttttt", &LoadStoreBinder.UnsignedImmediate, FpAccess, emit: &BlockTranslator.LoadStoreUnsigned),
        new("LDUR, STUR (SIMD)", "zz111100oo0iiiiiiiii00nnnnnttttt", &LoadStoreBinder.Unscaled, FpAccess, emit: &BlockTranslator.LoadStoreUnscaled),
        new("LDR, STR (SIMD post-index)", "zz111100oo0iiiiiiiii01nnnnnttttt", &LoadStoreBinder.PostIndexed, FpAccess, emit: &BlockTranslator.LoadStorePostIndexed),
        new("LDR, STR (SIMD pre-index)", "zz111100oo0iiiiiiiii11nnnnnttttt", &LoadStoreBinder.PreIndexed, FpAccess, emit: &BlockTranslator.LoadStorePreIndexed),
        new("LDR, STR (SIMD register)", "zz111100oo1mmmmmoooS10nnnnnttttt", &LoadStoreBinder.RegisterOffset, FpAccess, emit: &BlockTranslator.LoadStoreRegister),
        new("LDR (SIMD literal)", "oo011100iiiiiiiiiiiiiiiiiiittttt", &LoadStoreBinder.BindLiteral, RowTraits.Literal | RowTraits.Fp, emit: &BlockTranslator.LoadLiteral),
        new("LDNP, STNP (SIMD)", "oo1011000Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, FpAccess, emit: &BlockTranslator.LoadStorePair),
        new("LDP, STP (SIMD post-index)", "oo1011001Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, FpAccess, emit: &BlockTranslator.LoadStorePair),
        new("LDP, STP (SIMD offset)", "oo1011010Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, FpAccess, emit: &BlockTranslator.LoadStorePair),
        new("LDP, STP (SIMD pre-index)", "oo1011011Liiiiiiiuuuuunnnnnttttt", &LoadStoreBinder.BindPair, FpAccess, emit: &BlockTranslator.LoadStorePair),
    ]);
}

namespace Supermachine.Engine.Software;

/// <content>Exclusives, ordered accesses and FEAT_LSE (ARM ARM C4.1, Loads and stores).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAtomicRows(List<Row> rows) => rows.AddRange(
    [
        new("LDXR, LDAXR", "zz001000010sssssouuuuunnnnnttttt", &Exclusive.Bind, Access, emit: &BlockTranslator.LoadExclusive),
        new("LDXP, LDAXP", "1z001000011sssssouuuuunnnnnttttt", &Exclusive.Bind, Access | CompiledAtUse, emit: &BlockTranslator.LoadExclusivePair),
        new("STXR, STLXR", "zz001000000sssssouuuuunnnnnttttt", &Exclusive.Bind, Access, emit: &BlockTranslator.StoreExclusive),
        new("STXP, STLXP", "1z001000001sssssouuuuunnnnnttttt", &Exclusive.Bind, Access | CompiledAtUse, emit: &BlockTranslator.StoreExclusivePair),
        new("LDAR", "zz001000110sssssouuuuunnnnnttttt", &Exclusive.Bind, Access, emit: &BlockTranslator.LoadAcquire),
        new("STLR", "zz001000100sssssouuuuunnnnnttttt", &Exclusive.Bind, Access, emit: &BlockTranslator.StoreRelease),
        new("CAS, CASA, CASL, CASAL", "zz0010001L1ssssso11111nnnnnttttt", &LargeSystemExtensions.BindCompareAndSwap, Access, emit: &BlockTranslator.CompareAndSwap),
        new("CASP, CASPA, CASPL, CASPAL", "0z0010000L1ssssso11111nnnnnttttt", &LargeSystemExtensions.BindCompareAndSwapPair, Access | CompiledAtUse, emit: &BlockTranslator.CompareAndSwapPair),
        new("LDADD to LDUMIN, SWP", "zz111000AR1sssssoooo00nnnnnttttt", &LargeSystemExtensions.BindMemoryOperation, Access, emit: &BlockTranslator.MemoryOperation),
    ]);
}

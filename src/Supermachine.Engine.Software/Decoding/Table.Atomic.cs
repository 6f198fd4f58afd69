namespace Supermachine.Engine.Software;

/// <content>Exclusives, ordered accesses and FEAT_LSE (ARM ARM C4.1, Loads and stores).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAtomicRows(List<Row> rows) => rows.AddRange(
    [
        new("LDXR, LDAXR", "zz001000010sssssouuuuunnnnnttttt", &Exclusive.Bind, Access),
        new("LDXP, LDAXP", "1z001000011sssssouuuuunnnnnttttt", &Exclusive.Bind, Access),
        new("STXR, STLXR", "zz001000000sssssouuuuunnnnnttttt", &Exclusive.Bind, Access),
        new("STXP, STLXP", "1z001000001sssssouuuuunnnnnttttt", &Exclusive.Bind, Access),
        new("LDAR", "zz001000110sssssouuuuunnnnnttttt", &Exclusive.Bind, Access),
        new("STLR", "zz001000100sssssouuuuunnnnnttttt", &Exclusive.Bind, Access),
        new("CAS, CASA, CASL, CASAL", "zz0010001L1ssssso11111nnnnnttttt", &LargeSystemExtensions.BindCompareAndSwap, Access),
        new("CASP, CASPA, CASPL, CASPAL", "0z0010000L1ssssso11111nnnnnttttt", &LargeSystemExtensions.BindCompareAndSwapPair, Access),
        new("LDADD to LDUMIN, SWP", "zz111000AR1sssssoooo00nnnnnttttt", &LargeSystemExtensions.BindMemoryOperation, Access),
    ]);
}

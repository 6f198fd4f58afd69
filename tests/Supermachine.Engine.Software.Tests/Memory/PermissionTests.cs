namespace Supermachine.Engine.Software.Tests;

/// <summary>Access permissions (ARM ARM tables D8-59 to D8-61 and D8.4.5), and AT's view of them.</summary>
public class PermissionTests
{
    private const ulong AF = TableBuilder.AF, EL0 = TableBuilder.EL0, ReadOnly = TableBuilder.ReadOnly, PXN = TableBuilder.PXN, UXN = TableBuilder.UXN;

    // Columns: EL1 read, write, execute, EL0 read, write, execute.
    [Theory]
    [InlineData(0ul, 0ul, false, "rwx --x")]
    [InlineData(EL0, 0ul, false, "rw- rwx")] // what EL0 can write EL1 does not execute
    [InlineData(ReadOnly, 0ul, false, "r-x --x")]
    [InlineData(EL0 | ReadOnly, 0ul, false, "r-x r-x")]
    [InlineData(PXN, 0ul, false, "rw- --x")]
    [InlineData(UXN, 0ul, false, "rwx ---")]
    [InlineData(EL0 | ReadOnly | UXN | PXN, 0ul, false, "r-- r--")]
    [InlineData(0ul, 0ul, true, "rw- --x")]
    [InlineData(EL0, 0ul, true, "rw- rw-")]
    [InlineData(EL0 | ReadOnly, 0ul, true, "r-x r-x")]
    [InlineData(EL0, TableBuilder.APTable0, false, "rwx --x")]
    [InlineData(EL0, TableBuilder.APTable1, false, "r-x r-x")]
    [InlineData(EL0, TableBuilder.APTable0 | TableBuilder.APTable1, false, "r-x --x")]
    [InlineData(EL0 | ReadOnly, TableBuilder.PXNTable, false, "r-- r-x")]
    [InlineData(EL0 | ReadOnly, TableBuilder.UXNTable, false, "r-x r--")]
    public void The_tables_and_the_leaf_decide(ulong leaf, ulong table, bool wxn, string expected)
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x8000_0000, 3, AF | leaf, table);
        WalkResult result = tables.Walk(TableBuilder.Tcr(4, 25), 0x1000, TableBuilder.M | (wxn ? TableBuilder.WXN : 0));
        string found = string.Concat("rwx".Select((c, i) => ((int)result.Permissions >> i & 1) != 0 ? c : '-'))
            + " " + string.Concat("rwx".Select((c, i) => ((int)result.Permissions >> i + 3 & 1) != 0 ? c : '-'));
        Assert.Equal(expected, found);
        Assert.Equal(0x0F, result.PermissionFault);
    }

    [Fact]
    public void Restrictions_gather_from_every_table()
    {
        var second = new TableBuilder();
        second.Map(4, 48, high: false, 0x1000, 0x8000_0000, 3, AF | EL0);
        Assert.Equal("El1Read, El1Write, El0Read, El0Write, El0Execute", second.Walk(TableBuilder.Tcr(4, 16), 0x1000).Permissions.ToString());
        ulong at = second.DescriptorAt[0];
        second.Write(at, 0x4001_0003 | TableBuilder.APTable1 | TableBuilder.UXNTable);
        Assert.Equal("El1Read, El1Execute, El0Read", second.Walk(TableBuilder.Tcr(4, 16), 0x1000).Permissions.ToString());
    }

    [Fact]
    public void A_leaf_has_nG_attributes_and_shareability()
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x20_0000, 0x8000_0000, 2, AF | TableBuilder.NG | 5 << 2 | 3 << 8);
        WalkResult result = tables.Walk(TableBuilder.Tcr(4, 25), 0x20_0000);
        Assert.True(result.IsPrivate);
        Assert.Equal((5, 3, 21, 0x0E), (result.Attribute, result.Shareability, result.PageBits, result.PermissionFault));
    }

    [Fact]
    public void AT_reports_address_attributes_and_faults()
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x8000_0000, 3, AF | ReadOnly | 1 << 2 | 3 << 8);
        ulong tcr = TableBuilder.Tcr(4, 25), mair = 0x0000_0000_0000_FF00;
        WalkResult good = tables.Walk(tcr, 0x1ABC);
        Assert.Equal(0xFF00_0000_8000_0B80, AddressTranslation.Par(good, mair, Permissions.El1Read)); // Inner Shareable, Normal
        Assert.Equal(0x0000_0000_8000_0B00ul, AddressTranslation.Par(good, 0, Permissions.El1Read)); // Device is Outer Shareable
        Assert.Equal(0x81Ful, AddressTranslation.Par(good, mair, Permissions.El1Write)); // permission, level 3
        Assert.Equal(0x81Ful, AddressTranslation.Par(good, mair, Permissions.El0Read));
        Assert.Equal(0x80Ful, AddressTranslation.Par(tables.Walk(tcr, 0x2000), mair, Permissions.El1Read)); // translation, level 3
        Assert.Equal(0x809ul, AddressTranslation.Par(tables.Walk(tcr, 1ul << 50), mair, Permissions.El1Read)); // translation, level 0
    }
}

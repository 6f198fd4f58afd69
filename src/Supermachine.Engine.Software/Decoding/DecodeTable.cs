using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>
/// Every instruction the engine knows. Rows live in the Table.*.cs files, one per class of the ARM ARM's chapter C4; where two
/// rows fit an instruction, the one with more fixed bits is meant.
/// </summary>
internal static unsafe partial class DecodeTable
{
    private const int BucketShift = 21;
    private const int BucketCount = 1 << (32 - BucketShift);

    /// <summary>All rows, in table order.</summary>
    public static IReadOnlyList<Row> Rows => Table;

    private static readonly Row[] Table = All();

    /// <summary>By the instruction's first bits: the rows that may fit, side by side with what they look for.</summary>
    private static readonly Candidate[][] Buckets = Index(Table);

    /// <summary>The row for an instruction, or null where the encoding is unallocated.</summary>
    public static Row? Find(uint instruction)
    {
        Candidate[] bucket = Buckets[instruction >> BucketShift];
        for (int i = 0; i < bucket.Length; i++)
            if ((instruction & bucket[i].Mask) == bucket[i].Value) return bucket[i].Row;
        return null;
    }

    private static Row[] All()
    {
        List<Row> rows = [];
        AddIntegerRows(rows);
        AddLoadStoreRows(rows);
        AddAtomicRows(rows);
        AddBranchRows(rows);
        AddSystemRows(rows);
        AddFloatingPointRows(rows);
        AddAdvSimdRows(rows);
        AddCryptoRows(rows);
        for (int i = 0; i < rows.Count; i++) rows[i].Parse(i);
        return [.. rows];
    }

    private static Candidate[][] Index(Row[] rows)
    {
        List<Row>[] buckets = new List<Row>[BucketCount];
        foreach (Row row in MostSpecificFirst(rows))
        {
            uint mask = row.Mask >> BucketShift, value = row.Value >> BucketShift, free = ~mask & (BucketCount - 1);
            uint subset = 0;
            do
            {
                (buckets[value | subset] ??= []).Add(row);
                subset = (subset - free) & free;
            }
            while (subset != 0);
        }

        return Array.ConvertAll(buckets, bucket => bucket is null ? [] : bucket.ConvertAll(row => new Candidate(row.Mask, row.Value, row)).ToArray());
    }

    // Not sorted: what the library sorts by is compiled at every start.
    private static IEnumerable<Row> MostSpecificFirst(Row[] rows)
    {
        for (int bits = 32; bits >= 0; bits--)
        {
            foreach (Row row in rows)
            {
                if (BitOperations.PopCount(row.Mask) == bits) yield return row;
            }
        }
    }

    private readonly struct Candidate(uint mask, uint value, Row row)
    {
        public readonly uint Mask = mask;
        public readonly uint Value = value;
        public readonly Row Row = row;
    }
}

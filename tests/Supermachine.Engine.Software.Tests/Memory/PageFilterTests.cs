using Xunit;

namespace Supermachine.Engine.Software.Tests;

public class PageFilterTests
{
    /// <summary>Pages as kernels lay them out: in a row, and at the same offsets of large blocks.</summary>
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(512, 1000)]
    [InlineData(64, 200)]
    public void Forgets_none_and_claims_few_others(int stride, int count)
    {
        PageFilter filter = default;
        ulong first = 0x00FF_FF80_0000_0000 >> 12, step = (ulong)stride;
        for (ulong i = 0; i < (ulong)count; i++) filter.Add(first + i * step);
        for (ulong i = 0; i < (ulong)count; i++) Assert.True(filter.MayHold(first + i * step));
        int claimed = 0;
        for (ulong i = (ulong)count; i < (ulong)count + 10_000; i++) claimed += filter.MayHold(first + i * step) ? 1 : 0;
        Assert.InRange(claimed, 0, 500);
        filter.Clear();
        Assert.False(filter.MayHold(first));
    }
}

using Supermachine.Plugins.VirtioBlk;
using Supermachine.Testing;

namespace VirtioBlk.Tests;

public sealed class ConformanceTests : IDisposable
{
    private readonly TempImage image = new(64);

    public static TheoryData<string, DiskMode> Checks
    {
        get
        {
            var checks = new TheoryData<string, DiskMode>();
            foreach (string name in new VirtioConformance(_ => throw new InvalidOperationException()).Names)
                foreach (DiskMode mode in Enum.GetValues<DiskMode>()) checks.Add(name, mode);
            return checks;
        }
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public Task EveryModeConforms(string check, DiskMode mode)
    {
        var options = new VirtioBlkOptions { Path = image.File, Mode = mode };
        return new VirtioConformance(context => new Supermachine.Plugins.VirtioBlk.VirtioBlk(options, DiskFactory.Open(options, context.Logger), context)).RunAsync(check);
    }

    public void Dispose() => image.Dispose();
}

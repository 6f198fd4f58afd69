using System.Text;
using Supermachine.Cli.Terminal;
using Supermachine.Testing;

namespace Supermachine.Cli.Tests.Terminal;

public sealed class PanicWatchTests : IDisposable
{
    private readonly ManualTimeProvider time = new();
    private readonly PanicWatch watch;
    private int hangs;

    public PanicWatchTests() => watch = new PanicWatch(() => hangs++, time);

    public void Dispose() => watch.Dispose();

    private void Print(string text) => watch.Watch(Encoding.ASCII.GetBytes(text));

    [Fact]
    public void SeesAPanicHoweverItIsCut()
    {
        foreach (char each in "[ 0.1] Kernel Kernel panic - not syncing: VFS") Print(each.ToString());
        Assert.True(watch.Seen);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, hangs);
    }

    [Fact]
    public void OrdinaryOutputIsNone()
    {
        Print("Kernel panic? not yet\r\n---[ end trace ]---\r\n");
        Assert.False(watch.Seen);
    }

    [Fact]
    public void AKernelThatStandsStillAfterItsLastWordsIsTold()
    {
        Print("Kernel panic - not syncing: x\r\n---[ end Kernel panic - not syncing: x ]---\r\n");
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(0, hangs);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, hangs);
    }

    [Fact]
    public void AGuestThatOnlyShowsTheWordsGoesOn()
    {
        Print("---[ end Kernel panic - not syncing: x ]---\r\n");
        Print("/root # ");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, hangs);
    }
}

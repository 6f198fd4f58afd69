namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// Where things are in both machines. Nothing is mapped within reach of the window's accesses but the window itself; the code
/// page is within reach of no case's data access that starts in the window.
/// </summary>
internal static class CaseLayout
{
    public const int MaxInstructions = 63;
    public const int PageSize = 0x1000;

    /// <summary>Two pages of data.</summary>
    public const ulong Window = 0x1000_0000;
    public const int WindowSize = 2 * PageSize;

    /// <summary>A page that holds BRK everywhere but where the case is.</summary>
    public const ulong Code = 0x1008_0000;
    public const uint CaseOffset = 0x800;
    public const ulong Start = Code + CaseOffset;
    public const uint Brk = 0xD420_0000;

    /// <summary>What the window holds before each case.</summary>
    public static ulong[] Pristine { get; } = Fill();

    private static ulong[] Fill()
    {
        var random = new Xorshift(0x57_494E_444F_57);
        ulong[] window = new ulong[WindowSize / 8];
        for (int i = 0; i < window.Length; i++) window[i] = Values.Vector(ref random);
        return window;
    }
}

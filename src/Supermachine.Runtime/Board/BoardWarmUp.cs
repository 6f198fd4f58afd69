namespace Supermachine.Runtime;

/// <summary>
/// Writes the device tree of a machine that there is not, to no purpose but that the code has been used once: who starts a machine can
/// have that done on another thread meanwhile.
/// </summary>
public static class BoardWarmUp
{
    /// <summary>Does it. Any thread; a second time does no harm.</summary>
    /// <param name="engine">Whose board it is. Nothing is asked of it but its capabilities.</param>
    public static void Run(IEngine engine)
    {
        var timers = new TimerInterrupts(SecurePhysical: 29, NonSecurePhysical: 30, Virtual: 27, Hypervisor: 26);
        var board = new BoardDescription(1, MemoryLayout.LowRamBase, ByteSize.FromMiB(1).Bytes, engine.Capabilities.InterruptController, timers, [], HostEntropy.Fill);
        BoardTree.Write(board, new LoadedImages(board.RamBase, board.RamBase, default, 0, CommandLine: ""));
    }
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>The host's generator of random numbers, fit for seeds that nobody may guess.</summary>
internal static class HostEntropy
{
    private const string KernelGenerator = "/dev/urandom";

    /// <summary>Fills a buffer. Any thread.</summary>
    /// <exception cref="IOException">The host has no generator.</exception>
    public static void Fill(Span<byte> destination)
    {
        if (OperatingSystem.IsWindows()) FillFromFramework(destination);
        else FillFromKernel(destination);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // what it names is loaded with it
    private static void FillFromFramework(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    // Not by the framework's class, which has OpenSSL loaded: that takes longer than everything else about a device tree.
    private static void FillFromKernel(Span<byte> destination)
    {
        using SafeFileHandle generator = File.OpenHandle(KernelGenerator);
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(generator, destination, 0);
            if (count == 0) throw new IOException($"{KernelGenerator} has come to an end");
            destination = destination[count..];
        }
    }
}

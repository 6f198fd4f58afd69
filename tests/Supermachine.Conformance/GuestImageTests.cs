using System.Diagnostics;
using Xunit.Abstractions;

namespace Supermachine.Conformance;

/// <summary>The images that are checked in are what their sources give.</summary>
public sealed class GuestImageTests(ITestOutputHelper output)
{
    /// <summary>The compiler of the checked-in images; another version may choose other instructions.</summary>
    private const string Compiler = "aarch64-linux-gnu-gcc", Version = "12.2.0";

    [Fact]
    public void Images_are_built_from_their_sources()
    {
        if (Run(Compiler, "-dumpfullversion") is not { } found || found.Trim() != Version)
        {
            output.WriteLine($"not compared: {Compiler} {Version} is not installed");
            return;
        }

        string directory = Directory.CreateTempSubdirectory("guests").FullName;
        try
        {
            Assert.NotNull(Run("bash", GuestFiles.PathOf("build.sh"), directory));
            string[] built = [.. Directory.GetFiles(directory, "*.bin").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
            string[] known = [.. Directory.GetFiles(GuestFiles.Directory, "*.bin").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
            Assert.Equal(known, built);
            foreach (string file in built)
                Assert.True(File.ReadAllBytes(Path.Combine(directory, file)).AsSpan().SequenceEqual(File.ReadAllBytes(GuestFiles.PathOf(file))), $"{file} is not what build.sh gives");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Every_image_is_run_by_a_test()
    {
        IEnumerable<string> images = Directory.GetFiles(GuestFiles.Directory, "*.bin").Select(path => Path.GetFileNameWithoutExtension(path)!);
        Assert.Equal(images.Order(StringComparer.Ordinal), GuestTests.Guests.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
    }

    /// <summary>Standard output, or null when the program is not there or fails.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

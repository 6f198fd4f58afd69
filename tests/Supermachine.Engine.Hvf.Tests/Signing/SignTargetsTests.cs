using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>The build's signing, with a program in codesign's place that writes down what it is called with.</summary>
public sealed class SignTargetsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sign-").FullName;

    private string Record => Path.Combine(_folder, "record");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_build_and_a_publish_sign_what_they_have_written()
    {
        if (OperatingSystem.IsWindows()) return;

        Build("Build;Publish", "-p:SignForHypervisor=true", $"-p:CodesignTool={WriteRecorder()}");

        string entitlements = Path.Combine(Repository(), "eng", "macos", "hypervisor.entitlements");
        Assert.Equal(
            [$"--force --sign - --entitlements {entitlements} out put/probe", $"--force --sign - --entitlements {entitlements} publish/probe"],
            File.ReadAllLines(Record));
    }

    [Fact]
    public void Elsewhere_nothing_is_signed()
    {
        if (OperatingSystem.IsMacOS() || OperatingSystem.IsWindows()) return;

        Build("Build;Publish", $"-p:CodesignTool={WriteRecorder()}");

        Assert.False(File.Exists(Record));
    }

    [Fact]
    public void A_signature_that_fails_fails_the_build()
    {
        if (OperatingSystem.IsWindows()) return;

        Assert.ThrowsAny<Exception>(() => Build("Build", "-p:SignForHypervisor=true", "-p:CodesignTool=/nowhere/codesign"));
    }

    [Fact]
    public void The_command_is_built_with_these_targets()
    {
        string answer = Run("msbuild", Path.Combine(Repository(), "src", "Supermachine.Cli", "Supermachine.Cli.csproj"), "-getProperty:HypervisorEntitlements").Trim();

        Assert.Equal(Path.Combine(Repository(), "eng", "macos", "hypervisor.entitlements"), answer);
        Assert.Contains("<key>com.apple.security.hypervisor</key>\n\t<true/>", File.ReadAllText(answer), StringComparison.Ordinal);
    }

    private string WriteRecorder()
    {
        string tool = Path.Combine(_folder, "recorder");
        File.WriteAllText(tool, $"#!/bin/sh\necho \"$@\" >> '{Record}'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return tool;
    }

    /// <summary>Builds a project of nothing but names and these targets.</summary>
    private void Build(string targets, params string[] properties)
    {
        string project = Path.Combine(_folder, "probe.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup><AssemblyName>probe</AssemblyName><OutDir>out put/</OutDir><PublishDir>publish/</PublishDir></PropertyGroup>
              <Target Name="Build" />
              <Target Name="Publish" />
              <Import Project="{Path.Combine(Repository(), "eng", "macos", "Sign.targets")}" />
            </Project>
            """);
        Run(["msbuild", project, $"-t:{targets}", .. properties]);
    }

    private static string Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [.. arguments, "-nodeReuse:false"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(output);
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}

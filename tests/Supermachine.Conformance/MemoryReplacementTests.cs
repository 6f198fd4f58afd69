using System.Runtime.InteropServices;
using Supermachine.Engine.Hvf;
using Supermachine.Engine.Hvf.Simulator;
using Supermachine.Engine.Software;
using Supermachine.Runtime;

namespace Supermachine.Conformance;

/// <summary>A guest whose RAM is replaced by a file between two of its runs: what it executes and what it reads then is the file's.</summary>
[Collection(OneFramework.Name)]
public sealed class MemoryReplacementTests : IDisposable
{
    // Two of the pieces that the HVF engine maps in, and the beginning of a third.
    private const long RamSize = 257 << 20, Stride = 1 << 20, FileOffset = 0x8000;
    private const ulong RamBase = 0x4000_0000, FirstWord = RamBase + 0x4000;
    private const int Words = (int)(RamSize / Stride);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Works_on_the_software_engine() => Pass(new SoftwareEngine());

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("strict,seed=1", false)]
    [InlineData("strict,seed=1", true)]
    [InlineData("lax-unmap,macos-15", false)]
    public void Works_on_the_simulated_framework(string modes, bool fixedRemap)
    {
        using HypervisorSimulator simulator = HypervisorSimulator.Install(SimulatorOptions.Parse(modes));
        Pass(simulator.CreateEngine(new HvfOptions(RemapFixed: fixedRemap)));
        simulator.Dispose();
        Assert.Empty(simulator.Violations);
    }

    [Fact]
    public void A_file_that_does_not_hold_RAM_is_refused()
    {
        WriteImage();
        using Hardware hardware = Create(new SoftwareEngine());
        using var file = File.OpenHandle(_file);

        Assert.Contains("no multiple of 0x4000", Assert.Throws<ArgumentException>(() => hardware.MapRam(file, 0x1000)).Message, StringComparison.Ordinal);
        Assert.Contains("no multiple of 0x4000", Assert.Throws<ArgumentException>(() => hardware.MapRam(file, -0x4000)).Message, StringComparison.Ordinal);
        Assert.Contains("guest RAM is 257MiB, and from 0xc000 the file has 0x100fc000 bytes", Assert.Throws<ArgumentException>(() => hardware.MapRam(file, 0xc000)).Message, StringComparison.Ordinal);
    }

    private void Pass(IEngine engine)
    {
        ulong sum = WriteImage();
        byte[] before = Fingerprint();
        using Hardware hardware = Create(engine);
        hardware.Memory.TryWrite(new(RamBase), MemoryMarshal.AsBytes(Program(call: 1)));
        using (IVcpu vcpu = hardware.Partition.CreateVcpu(0))
        {
            // What is in every page then: the running sum of zeroes and of what the host wrote.
            hardware.Memory.TryWrite(new(FirstWord), [5]);
            Assert.Equal((1ul, 5ul), Run(vcpu));
            using (var file = File.OpenHandle(_file)) hardware.MapRam(file, FileOffset);
            Assert.Equal((2ul, sum), Run(vcpu));
            Assert.Equal(sum, LastSum(hardware));

            using (var file = File.OpenHandle(_file)) hardware.MapRam(file, FileOffset);
            Assert.Equal(0ul, LastSum(hardware)); // what the guest wrote is gone
            Assert.Equal((2ul, sum), Run(vcpu));
        }

        Assert.Equal(before, Fingerprint());
    }

    private static Hardware Create(IEngine engine) =>
        Hardware.Create(engine, new MachineSettings { Name = "replaced", Memory = new ByteSize((ulong)RamSize), RamBase = new(RamBase) }, new GuestMemory());

    /// <summary>Runs the program from its beginning to its call: which one it was, and the sum.</summary>
    private static (ulong Call, ulong Sum) Run(IVcpu vcpu)
    {
        vcpu.WriteRegister(VcpuRegister.PC, RamBase);
        vcpu.WriteRegister(VcpuRegister.X0 + 10, FirstWord);
        vcpu.WriteRegister(VcpuRegister.X0 + 11, Words);
        while (true)
        {
            VcpuExit exit = vcpu.Run(VcpuEntry.Resume);
            if (exit.Kind == VcpuExitKind.FirmwareCall) return (exit.Value, vcpu.ReadRegister(VcpuRegister.X0));
            Assert.Equal(VcpuExitKind.Canceled, exit.Kind);
        }
    }

    /// <summary>What the guest wrote behind the last word that it read, as the host sees it.</summary>
    private static ulong LastSum(Hardware hardware)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        Assert.True(hardware.Memory.TryRead(new(FirstWord + ((Words - 1) * Stride) + sizeof(ulong)), word));
        return MemoryMarshal.Read<ulong>(word);
    }

    /// <summary>X0 = sum of X11 words, the first at X10 and each a stride after the other, and the sum so far written behind each.</summary>
    private static uint[] Program(uint call) =>
    [
        0xd2800000,             //    mov x0, #0
        0xf9400141,             // 1: ldr x1, [x10]
        0x8b010000,             //    add x0, x0, x1
        0xf9000540,             //    str x0, [x10, #8]
        0x9144014a,             //    add x10, x10, #1 << 20
        0xf100056b,             //    subs x11, x11, #1
        0x54ffff61,             //    b.ne 1b
        0xd4000002 | call << 5, //    hvc #call
    ];

    /// <summary>A file with another program, and a number for each word. Gives their sum.</summary>
    private ulong WriteImage()
    {
        using FileStream file = File.Create(_file);
        file.SetLength(FileOffset + RamSize);
        file.Position = FileOffset;
        file.Write(MemoryMarshal.AsBytes<uint>(Program(call: 2)));
        ulong sum = 0;
        for (uint i = 0; i < Words; i++)
        {
            ulong value = 0x9e37_79b9_7f4a_7c15 * (i + 1);
            file.Position = FileOffset + (long)(FirstWord - RamBase) + (i * Stride);
            file.Write(BitConverter.GetBytes(value));
            sum += value;
        }

        return sum;
    }

    /// <summary>The pages of the file that are not empty.</summary>
    private byte[] Fingerprint()
    {
        using FileStream file = File.OpenRead(_file);
        byte[] pages = new byte[(Words + 1) * 0x20];
        for (int i = 0; i < Words; i++)
        {
            file.Position = FileOffset + (long)(FirstWord - RamBase) + (i * Stride);
            file.ReadExactly(pages, i * 0x20, 0x20);
        }

        file.Position = FileOffset;
        file.ReadExactly(pages, Words * 0x20, 0x20);
        return pages;
    }
}

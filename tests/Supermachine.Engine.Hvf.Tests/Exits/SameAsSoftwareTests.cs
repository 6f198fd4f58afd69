using System.Globalization;
using System.Runtime.InteropServices;
using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>
/// Loads and stores at a device whose exit does not describe them: decoded from the instruction, they make the same accesses and leave
/// the same registers as on the software engine, which executes them.
/// </summary>
[Collection(OneFramework.Name)]
public sealed unsafe class SameAsSoftwareTests
{
    private const ulong Device = 0x0a00_0400, Code = FakeMachine.RamBase + 0x1000, Sp = Device + 0x80;

    // FEAT_LOR and FEAT_LRCPC2 have no software counterpart; what these do is checked below.
    private static readonly string[] OnlyHere = ["ldlarh", "stllrh", "ldapurb", "ldapursw", "stlur", "ldapr"];

    public static TheoryData<string> Instructions => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Exits", "loads-and-stores.txt")).Where(line => line[0] != '#')];

    [Theory]
    [MemberData(nameof(Instructions))]
    public void An_instruction_does_the_same(string line)
    {
        Result here = OnFramework(Word(line));
        if (OnlyHere.Contains(line.Split(' ')[1]))
        {
            Assert.Single(here.Accesses);
            return;
        }

        Result there = OnSoftware(Word(line));
        Assert.NotEmpty(here.Accesses);
        Assert.Equal(there.Accesses, here.Accesses);
        Assert.Equal(there.Registers, here.Registers);
    }

    [Theory]
    [InlineData("0xf94003e1 ldr x1, [sp]")]
    [InlineData("0xf84087e1 ldr x1, [sp], #8")]
    [InlineData("0xa9bf17e4 stp x4, x5, [sp, #-16]!")]
    public void SP_is_a_base_like_others(string line)
    {
        Result here = OnFramework(Word(line));

        Assert.Equal(OnSoftware(Word(line)).Accesses, here.Accesses);
        Assert.Equal(OnSoftware(Word(line)).Registers, here.Registers);
    }

    // The literal is a device just below RAM.
    [Theory]
    [InlineData("0x58f80001 ldr x1, .-0x10000")]
    [InlineData("0x18f80001 ldr w1, .-0x10000")]
    [InlineData("0x98f80001 ldrsw x1, .-0x10000")]
    [InlineData("0x1cf80001 ldr s1, .-0x10000")]
    [InlineData("0x5cf80001 ldr d1, .-0x10000")]
    [InlineData("0x9cf80001 ldr q1, .-0x10000")]
    public void The_PC_is_a_base_too(string line)
    {
        Result here = OnFramework(Word(line), Code - 0x1_0000);

        Assert.NotEmpty(here.Accesses);
        Assert.Equal(OnSoftware(Word(line)).Accesses, here.Accesses);
        Assert.Equal(OnSoftware(Word(line)).Registers, here.Registers);
    }

    private static uint Word(string line) => uint.Parse(line.AsSpan(2, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static Result OnFramework(uint instruction, ulong device = Device)
    {
        using FakeMachine machine = new();
        machine.Write(Code, instruction);
        foreach (KeyValuePair<string, UInt128> register in Initial()) Set(machine.Fake, register.Key, register.Value);
        machine.Fake.Pc = Code;
        machine.Fake.Raise((0x24ul << 26) | 1 << 25 | 0x46, device, device);
        List<VcpuExit> accesses = Serve(machine.Vcpu);
        return new Result(accesses, Initial().Select(register => KeyValuePair.Create(register.Key, Get(machine.Fake, register.Key))).Append(KeyValuePair.Create("PC", (UInt128)machine.Fake.Pc)));
    }

    private static Result OnSoftware(uint instruction)
    {
        byte* ram = (byte*)NativeMemory.AlignedAlloc(0x4000, 0x4000);
        using IPartition partition = new SoftwareEngine(execution: GuestExecution.Interpreted).CreatePartition(new PartitionOptions(1, new(0x800_0000), new(0x80a_0000)));
        try
        {
            partition.Map(new(FakeMachine.RamBase), (nint)ram, 0x4000, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
            *(uint*)(ram + (Code - FakeMachine.RamBase)) = instruction;
            ((uint*)(ram + (Code - FakeMachine.RamBase)))[1] = 0xd400_0002; // HVC #0
            *(uint*)(ram + 0x2200) = 0xd400_0022; // an exception ends in HVC #1
            using IVcpu vcpu = partition.CreateVcpu(0);
            Dictionary<string, UInt128> wanted = new(Initial()) { ["PC"] = Code, ["CPACR_EL1"] = 3 << 20, ["VBAR_EL1"] = FakeMachine.RamBase + 0x2000 };
            vcpu.Apply(new VcpuState([.. vcpu.Capture().Registers.Select(register => KeyValuePair.Create(register.Key, wanted.GetValueOrDefault(register.Key, register.Value)))]));
            List<VcpuExit> accesses = Serve(vcpu);
            Dictionary<string, UInt128> after = new(vcpu.Capture().Registers);
            return new Result(accesses, Initial().Select(register => KeyValuePair.Create(register.Key, after[register.Key])).Append(KeyValuePair.Create("PC", after["PC"] - 4)));
        }
        finally
        {
            NativeMemory.AlignedFree(ram);
        }
    }

    /// <summary>Runs with a device of which every byte is different, until there is another exit than to it.</summary>
    private static List<VcpuExit> Serve(IVcpu vcpu)
    {
        List<VcpuExit> accesses = [];
        VcpuExit exit = vcpu.Run(VcpuEntry.Resume);
        while (exit.Kind is VcpuExitKind.MmioRead or VcpuExitKind.MmioWrite && accesses.Count < 100)
        {
            accesses.Add(exit);
            ulong value = 0;
            for (int i = (int)exit.Width - 1; i >= 0; i--) value = value << 8 | (byte)(((exit.Address + (ulong)i) * 151) + 0x85);
            exit = vcpu.Run(VcpuEntry.Complete(value));
        }

        return accesses;
    }

    private static IEnumerable<KeyValuePair<string, UInt128>> Initial() =>
    [
        new("X0", Device), new("X1", 0x1111_2222_3333_4444), new("X2", 16), new("X3", 4), new("X4", 0xa5a5_a5a5_dead_beef), new("X5", 0x8877_6655_4433_2211), new("X6", 0xf0e0_d0c0_b0a0_9080),
        new("SP_EL1", Sp),
        .. Enumerable.Range(0, 32).Select(n => KeyValuePair.Create($"V{n}", new UInt128(0x0101_0101_0101_0101UL * (ulong)(n + 3), 0x1f1e_1d1c_1b1a_1918UL * (ulong)(n + 1)))),
    ];

    private static void Set(FakeVcpu vcpu, string name, UInt128 value)
    {
        if (name == "SP_EL1") vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_SP_EL1] = (ulong)value;
        else if (name[0] == 'V') vcpu.Simd[Number(name)] = *(hv_simd_fp_uchar16_t*)&value;
        else vcpu.Regs[Number(name)] = (ulong)value;
    }

    private static UInt128 Get(FakeVcpu vcpu, string name)
    {
        if (name == "SP_EL1") return vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_SP_EL1];
        if (name[0] != 'V') return vcpu.Regs[Number(name)];
        fixed (hv_simd_fp_uchar16_t* register = &vcpu.Simd[Number(name)]) return *(UInt128*)register;
    }

    private static int Number(string name) => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);

    private sealed record Result(List<VcpuExit> Accesses, IEnumerable<KeyValuePair<string, UInt128>> After)
    {
        public Dictionary<string, UInt128> Registers { get; } = new(After);
    }
}

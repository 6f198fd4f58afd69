using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software.Tests;

/// <summary>One vCPU (or more) with 16 MiB of RAM at 0x40000000, and instructions spelled as words. Code starts at the RAM's start.</summary>
internal sealed unsafe class BareMachine : IDisposable
{
    public const ulong Ram = 0x4000_0000;
    public const int RamSize = 16 << 20;
    public const ulong Vectors = Ram + 0x1_0000;

    private readonly void* _memory;
    private readonly IPartition _partition;
    private readonly List<uint> _code = [];

    /// <param name="vcpus">How many.</param>
    /// <param name="verify">Whether blocks are compared with the interpreter.</param>
    /// <param name="execution">How guest code is run.</param>
    /// <param name="code">When it is translated: at once by default.</param>
    public BareMachine(int vcpus = 1, bool verify = false, GuestExecution execution = GuestExecution.Translated, CodeOptions? code = null)
    {
        _memory = NativeMemory.AlignedAlloc(RamSize, 0x1_0000);
        NativeMemory.Clear(_memory, RamSize);
        _partition = (Engine = new SoftwareEngine(execution: execution, verify: verify) { Code = code ?? new CodeOptions { InterpretedRuns = 0 } }).CreatePartition(new PartitionOptions(vcpus, new GuestAddress(0x0800_0000), new GuestAddress(0x080A_0000)));
        _partition.Map(new GuestAddress(Ram), (nint)_memory, RamSize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        Vcpu = _partition.CreateVcpu(0);
        // Every vector tells which it is, and stays there.
        for (uint slot = 0; slot < 16; slot++) Store(Vectors + slot * 0x80, Hvc(0x100 + slot));
    }

    public IVcpu Vcpu { get; }

    public SoftwareEngine Engine { get; }

    /// <summary>Another vCPU, at an address. The thread that calls runs it.</summary>
    public IVcpu Create(int index, ulong pc)
    {
        IVcpu vcpu = _partition.CreateVcpu(index);
        vcpu.WriteRegister(VcpuRegister.PC, pc);
        return vcpu;
    }

    /// <summary>Where the next instruction will lie.</summary>
    public ulong Here => Ram + 4 * (ulong)_code.Count;

    public Cpu* Cpu => ((SoftwareVcpu)Vcpu).Cpu;

    public static uint Hvc(uint imm) => 0xD400_0002 | imm << 5;

    public static uint Svc(uint imm) => 0xD400_0001 | imm << 5;

    public const uint Eret = 0xD69F_03E0, Isb = 0xD503_3FDF, Dsb = 0xD503_3F9F, Nop = 0xD503_201F, Wfi = 0xD503_207F, Wfe = 0xD503_205F;

    /// <summary>MRS Xt, op0_op1_Cn_Cm_op2.</summary>
    public static uint Mrs(uint rt, uint encoding) => 0xD530_0000 | encoding << 5 & 0x0F_FFE0 | rt;

    public static uint Msr(uint encoding, uint rt) => 0xD510_0000 | encoding << 5 & 0x0F_FFE0 | rt;

    public static uint Sys(uint op1, uint crn, uint crm, uint op2, uint rt) => 0xD508_0000 | op1 << 16 | crn << 12 | crm << 8 | op2 << 5 | rt;

    /// <summary>The encoding of a register of the table.</summary>
    public static uint Of(string name) => SystemRegisters.All.Single(register => register.Name == name).Encoding;

    public void Store(ulong address, uint word) => *(uint*)((byte*)_memory + (address - Ram)) = word;

    public void Store(ulong address, ulong value) => *(ulong*)((byte*)_memory + (address - Ram)) = value;

    public ulong Load(ulong address) => *(ulong*)((byte*)_memory + (address - Ram));

    /// <summary>Adds instructions to the program.</summary>
    public BareMachine Add(params ReadOnlySpan<uint> words)
    {
        _code.AddRange(words);
        return this;
    }

    /// <summary>MOVZ and three MOVK.</summary>
    public BareMachine Move(uint rd, ulong value)
    {
        for (uint part = 0; part < 4; part++) _code.Add((part == 0 ? 0xD280_0000 : 0xF280_0000) | part << 21 | (uint)(value >> (int)(16 * part) & 0xFFFF) << 5 | rd);
        return this;
    }

    /// <summary>Writes a system register through X9.</summary>
    public BareMachine Set(string register, ulong value) => Move(9, value).Add(Msr(Of(register), 9), Isb);

    /// <summary>Opens the GIC for a PPI of vCPU 0, through its frames and the CPU interface.</summary>
    public void EnablePpi(int intid)
    {
        GicV3 gic = ((SoftwarePartition)_partition).Gic;
        gic.WriteDistributor(GicRig.CTLR, 4, 2);
        gic.WriteRedistributor(GicRig.SgiFrame + GicRig.IGROUPR, 4, uint.MaxValue);
        gic.WriteRedistributor(GicRig.SgiFrame + GicRig.ISENABLER, 4, 1u << intid);
        gic.TryWriteRegister(0, GicRegister.ICC_PMR_EL1, 0xF0);
        gic.TryWriteRegister(0, GicRegister.ICC_IGRPEN1_EL1, 1);
    }

    /// <summary>Points VBAR_EL1 at vectors that end the run, each with its own number, and goes to EL0 with the code that follows.</summary>
    public BareMachine EnterEl0()
    {
        Set("VBAR_EL1", Vectors).Set("SPSR_EL1", 0);
        return Move(9, Here + 4 * 7).Add(Msr(Of("ELR_EL1"), 9), Isb, Eret);
    }

    /// <summary>Runs the program from its start to the first HVC.</summary>
    /// <returns>The HVC's immediate: what the program says, or 0x100 and up for a vector.</returns>
    public ulong Run()
    {
        Assemble();
        Vcpu.WriteRegister(VcpuRegister.PC, Ram);
        return Resume();
    }

    /// <summary>Runs vCPU 0 on a thread of its own, and does something once a word in memory has grown by more than so much.</summary>
    /// <returns>How the run ended. Where this throws, the thread may still be in the machine.</returns>
    public VcpuExit RunUntil(ulong word, ulong growth, Action act)
    {
        TimeSpan hung = TimeSpan.FromSeconds(60);
        VcpuExit exit = default;
        Thread thread = new(() => exit = Vcpu.Run(VcpuEntry.Resume)) { IsBackground = true };
        ulong before = Load(word);
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => Load(word) > before + growth, hung), "the guest does not go round");
        act();
        Assert.True(thread.Join(hung), "the guest did not leave");
        return exit;
    }

    /// <summary>Stores the program.</summary>
    public void Assemble()
    {
        for (int i = 0; i < _code.Count; i++) Store(Ram + 4 * (ulong)i, _code[i]);
    }

    public ulong Resume(VcpuEntry entry = default)
    {
        VcpuExit exit = Vcpu.Run(entry);
        Assert.Equal(VcpuExitKind.FirmwareCall, exit.Kind);
        return exit.Value;
    }

    public ulong X(int n) => Vcpu.ReadRegister(VcpuRegister.X0 + (byte)n);

    public ulong Esr => Vcpu.ReadRegister(VcpuRegister.ESR_EL1);

    public ulong Far => Vcpu.ReadRegister(VcpuRegister.FAR_EL1);

    public ulong Spsr => Cpu->Sys.SPSR_EL1;

    public ulong Elr => Vcpu.ReadRegister(VcpuRegister.ELR_EL1);

    public void Dispose()
    {
        Vcpu.Dispose();
        _partition.Dispose();
        NativeMemory.AlignedFree(_memory);
    }
}

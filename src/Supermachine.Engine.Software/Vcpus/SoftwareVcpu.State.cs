namespace Supermachine.Engine.Software;

/// <content>The state as registers by name.</content>
internal sealed unsafe partial class SoftwareVcpu
{
    public VcpuState Capture()
    {
        if (_pending is VcpuExitKind.MmioRead or VcpuExitKind.MmioWrite) throw new InvalidOperationException($"vCPU {Index} has an access in progress");
        CpuInterfaceState gic = Partition.Gic.GetInterfaceState(Index);
        VcpuTimersState timers = Timers.State;
        var registers = new KeyValuePair<string, UInt128>[VcpuRegisters.All.Count];
        for (int i = 0; i < registers.Length; i++)
        {
            RegisterValue value = VcpuRegisters.All[i].Get(Cpu, gic, timers);
            registers[i] = new(VcpuRegisters.All[i].Name, new UInt128(value.High, value.Low));
        }

        return new VcpuState(registers);
    }

    public void Apply(VcpuState state)
    {
        Dictionary<string, UInt128> values = new(state.Registers, StringComparer.Ordinal);
        foreach (string name in values.Keys)
            if (!VcpuRegisters.Names.Contains(name)) throw new InvalidDataException($"vCPU {Index}: there is no register '{name}'");
        foreach (VcpuRegisters.Entry register in VcpuRegisters.All)
        {
            if (!values.TryGetValue(register.Name, out UInt128 value)) throw new InvalidDataException($"vCPU {Index}: register '{register.Name}' is missing");
            if (!register.Accepts((RegisterValue)value)) throw new InvalidDataException($"vCPU {Index}: register '{register.Name}' cannot be 0x{value:x}");
        }

        CpuInterfaceState gic = default;
        VcpuTimersState timers = default;
        foreach (VcpuRegisters.Entry register in VcpuRegisters.All) register.Set(Cpu, ref gic, ref timers, (RegisterValue)values[register.Name]);
        Partition.Gic.SetInterfaceState(Index, gic);
        Timers.State = timers;
        Cpu->ExclusiveAddress = Software.Cpu.NoReservation;
        ForgetAccess();
        Tlb.Flush(Cpu);
    }
}

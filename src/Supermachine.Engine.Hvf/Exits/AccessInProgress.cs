namespace Supermachine.Engine.Hvf;

/// <summary>
/// The load or store that a vCPU stands at: its elements, which are served one after the other, and what becomes of the registers
/// once all are. One for each vCPU, so that an exit allocates nothing. The registers stay as they were until the end.
/// </summary>
internal sealed class AccessInProgress
{
    private readonly UInt128[] _values = new UInt128[4];
    private MemoryInstruction _instruction;
    private ulong _address;
    private ulong _movedBase;
    private int _next;

    /// <summary>Whether there is one.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether every element has been served.</summary>
    public bool IsDone => _next == _instruction.Count;

    public bool IsStore => _instruction.IsStore;

    /// <summary>Bytes of the next element.</summary>
    public int Size => _instruction.ElementSize;

    /// <summary>Virtual address of the next element.</summary>
    public ulong Address => _address + (ulong)(_next * _instruction.ElementSize);

    /// <summary>What the next element of a store writes.</summary>
    public ulong Value => (ulong)(_values[_instruction.RegisterOf(_next)] >> _instruction.BitOf(_next)) & Mask(Size);

    /// <summary>Begins with what the syndrome says of a load or store of one general register.</summary>
    public void Begin(VcpuHandle vcpu, Syndrome syndrome, ulong address)
    {
        _instruction = new MemoryInstruction
        {
            IsStore = syndrome.WnR, Rt = (byte)syndrome.SRT, Registers = 1, ElementsPerRegister = 1, ElementSize = (byte)syndrome.AccessSize,
            IsSigned = syndrome.SSE, Is64Bit = syndrome.SF,
        };
        Begin(vcpu, address);
    }

    /// <summary>Begins with a decoded instruction.</summary>
    public void Begin(VcpuHandle vcpu, in MemoryInstruction instruction)
    {
        _instruction = instruction;
        ulong start = instruction.Mode == AddressMode.Literal ? vcpu[HV_REG_PC] : instruction.Rn == 31 ? vcpu[StackPointer(vcpu)] : vcpu.ReadX(instruction.Rn);
        _movedBase = start + (ulong)instruction.Offset + Extended(vcpu.ReadX(instruction.Rm));
        Begin(vcpu, instruction.Mode == AddressMode.PostIndex ? start : _movedBase);
    }

    /// <summary>The next element has been served.</summary>
    /// <param name="value">What a load gives in the low bytes.</param>
    public void Advance(ulong value)
    {
        if (!IsStore)
        {
            int bit = _instruction.BitOf(_next);
            ref UInt128 register = ref _values[_instruction.RegisterOf(_next)];
            register = (register & ~((UInt128)Mask(Size) << bit)) | (UInt128)(value & Mask(Size)) << bit;
        }

        _next++;
    }

    /// <summary>Writes the registers. The PC is the caller's.</summary>
    public void Finish(VcpuHandle vcpu, SimdRegisters simd)
    {
        IsActive = false;
        for (int i = 0; !IsStore && i < _instruction.Registers; i++)
        {
            if (_instruction.IsSimd) vcpu.SetSimd(simd, (hv_simd_fp_reg_t)_instruction.NumberOf(i), Replicated(_values[i]));
            else vcpu.WriteX(_instruction.NumberOf(i), Extended((ulong)_values[i], Size, _instruction.IsSigned, _instruction.Is64Bit));
        }

        if (_instruction.Mode is not (AddressMode.PreIndex or AddressMode.PostIndex)) return;
        if (_instruction.Rn == 31) vcpu[StackPointer(vcpu)] = _movedBase;
        else vcpu.WriteX(_instruction.Rn, _movedBase);
    }

    /// <summary>Forgets it; the registers are as they were.</summary>
    public void Abandon() => IsActive = false;

    /// <summary>The value of a load of 1, 2, 4 or 8 bytes as the register gets it.</summary>
    internal static ulong Extended(ulong value, int size, bool isSigned, bool is64Bit)
    {
        int unused = 64 - (8 * size);
        ulong extended = isSigned ? (ulong)((long)(value << unused) >> unused) : value & Mask(size);
        return is64Bit ? extended : (uint)extended;
    }

    private static ulong Mask(int size) => ulong.MaxValue >> (64 - (8 * size));

    private void Begin(VcpuHandle vcpu, ulong address)
    {
        (_address, _next, IsActive) = (address, 0, true);
        for (int i = 0; i < _instruction.Registers; i++)
        {
            bool needed = _instruction.IsStore || _instruction.Merges;
            _values[i] = !needed ? 0 : _instruction.IsSimd ? vcpu[(hv_simd_fp_reg_t)_instruction.NumberOf(i)] : vcpu.ReadX(_instruction.NumberOf(i));
        }
    }

    // ARM ARM: ExtendReg(). Register 31 is zero and stays so.
    private ulong Extended(ulong index) => _instruction.Option switch
    {
        2 => (uint)index,
        6 => (ulong)(int)index,
        _ => index,
    } << _instruction.Shift;

    private UInt128 Replicated(UInt128 value)
    {
        for (int size = Size; size < _instruction.ReplicateOver; size *= 2) value |= value << (size * 8);
        return value;
    }

    // SP is SP_EL0 at EL0 and where PSTATE.SP says so.
    private static hv_sys_reg_t StackPointer(VcpuHandle vcpu) => (vcpu[HV_REG_CPSR] & 0xf) == GuestException.EL1h ? HV_SYS_REG_SP_EL1 : HV_SYS_REG_SP_EL0;
}

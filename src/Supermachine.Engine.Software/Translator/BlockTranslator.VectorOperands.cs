using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// V registers as Advanced SIMD instructions read and write them: held in a host register where one has it, in memory otherwise. What
/// is written is held from then on.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    private void LoadVector(HostVector to, int register) => Emit(VMOVDQU, to, XMM0, register);

    /// <summary>The host register that holds a V register, or a scratch register with its value.</summary>
    private HostVector UseVector(int register, HostVector scratch)
    {
        if (TryGetHeld(register, HeldForm.Full, out HostVector held)) return held;
        Asm.VectorLoad(scratch, Cpu0, CpuOffset.V(register));
        return scratch;
    }

    private void StoreVector(int register, HostVector from)
    {
        Asm.VectorStore(Cpu0, CpuOffset.V(register), from);
        Hold(register, from, HeldForm.Full);
    }

    /// <summary>With a V register as the last operand.</summary>
    private void Emit(Avx op, HostVector to, HostVector a, int register)
    {
        if (TryGetHeld(register, HeldForm.Full, out HostVector held)) Asm.Vector(op, to, a, held);
        else Asm.Vector(op, to, a, Cpu0, CpuOffset.V(register));
    }

    /// <summary>The low bytes of a V register, 1 to 16, and zeros.</summary>
    private void LoadPart(HostVector to, int register, int bytes)
    {
        const int OthersZero = 0b1110;
        if (bytes == 8) Emit(VMOVQ, to, XMM0, register);
        else if (bytes == 4 && TryGetHeld(register, HeldForm.Full, out HostVector held)) Emit(VINSERTPS, to, held, held, OthersZero);
        else if (bytes == 4) Asm.Vector(VMOVD, to, XMM0, Cpu0, CpuOffset.V(register));
        else
        {
            LoadVector(to, register);
            if (bytes < 16) Clip(to, bytes);
        }
    }
}

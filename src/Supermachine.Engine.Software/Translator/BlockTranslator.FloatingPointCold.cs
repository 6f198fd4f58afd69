namespace Supermachine.Engine.Software;

/// <content>
/// Off the path of floating-point arithmetic. While FPSR.IXC is clear, and where a result is suspicious, the host is trusted if none
/// of its own flags is up afterwards: what is exact is the same everywhere. The rest is the interpreter's.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    private readonly Buffer<FpColdPath> _fpCold = new();

    /// <summary>Jumps from <see cref="Compute"/> to where the interpreter does the op.</summary>
    private readonly Buffer<ulong> _interpret = new();

    private void EmitFpCold()
    {
        _held = default;
        for (int i = 0; i < _fpCold.Count; i++)
        {
            ref FpColdPath path = ref _fpCold[i];
            if (path.Suspicious != 0)
            {
                Asm.Bind(path.Suspicious);
                if (IsProduct(path.Work.Operation))
                {
                    Asm.Call(stubs.FloatingPoint.HasZeroFactor(path.Work.Shape.IsDouble));
                    Asm.Patch(Asm.JumpForward(HostCondition.E), path.Store);
                }
            }

            Asm.Bind(path.Mode);
            ulong never = JumpUnlessHostFp(HostFp.Exact);
            EmitIfExact(path);
            Asm.Bind(never);
            EmitSlowPath((Op*)path.Work.Op);
            Reload(path.Held);
            Asm.Jump(path.Return);
        }
    }

    /// <summary>
    /// Does it, and goes on at the store if no flag of the host's is up. One that was up before is no proof, and gets a second try.
    /// Falls through where the interpreter has to.
    /// </summary>
    private void EmitIfExact(in FpColdPath path)
    {
        Asm.MoveConstant(D, 1);
        ulong again = Asm.Here;
        _interpret.Clear();
        Compute(path.Work);
        Asm.Call(path.Suspicious != 0 ? stubs.FloatingPoint.IsExactNumber(path.Work.Shape.IsDouble) : stubs.FloatingPoint.IsExact);
        Asm.Patch(Asm.JumpForward(HostCondition.E), path.Store);
        Asm.AluConstant(SUB, D, 1, wide: false);
        Asm.Patch(Asm.JumpForward(HostCondition.E), again);
        for (int i = 0; i < _interpret.Count; i++) Asm.Bind(_interpret[i]);
    }

    private static bool IsProduct(FpOperation operation) =>
        operation is FpOperation.Mul or FpOperation.NegatedMul or (>= FpOperation.MulAdd and <= FpOperation.NegatedMulSub);

    /// <summary>
    /// Jumps to here: from before anything was computed, and from after it or 0. Where the result in XMM0 is stored, and where the
    /// next op begins, with what is held then.
    /// </summary>
    private readonly record struct FpColdPath(FpWork Work, ulong Mode, ulong Suspicious, ulong Store, ulong Return, HeldVectors Held);
}

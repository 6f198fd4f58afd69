using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software.Tests.AdvSimd;

/// <summary>Runs one instruction whose operands are V0 (Rd), V1 (Rn) and V2 (Rm), through the decode table.</summary>
internal sealed unsafe class VectorRig : IDisposable
{
    private readonly Cpu* _cpu = (Cpu*)NativeMemory.AlignedAlloc((nuint)sizeof(Cpu), 64);
    private readonly Op* _ops = (Op*)NativeMemory.AlignedAlloc((nuint)(2 * sizeof(Op)), 64);

    public VectorRig() => NativeMemory.Clear(_cpu, (nuint)sizeof(Cpu));

    /// <summary>FPSR.QC after all instructions so far.</summary>
    public bool IsSaturated => (_cpu->Fpsr & 1u << 27) != 0;

    public static bool Binds(uint instruction)
    {
        Op op = default;
        return DecodeTable.Find(instruction) is { } row && row.Bind(instruction, &op);
    }

    /// <summary>V0 after the instruction.</summary>
    public Vector128<T> Run<T>(uint instruction, Vector128<T> d, Vector128<T> n, Vector128<T> m = default)
    {
        Vector128<T>* v = (Vector128<T>*)_cpu->V0;
        (v[0], v[1], v[2]) = (d, n, m);
        NativeMemory.Clear(_ops, (nuint)(2 * sizeof(Op)));
        _ops[1].Handler = &End;
        Assert.True(DecodeTable.Find(instruction)!.Bind(instruction, _ops));
        _ops[0].Handler(_cpu, _ops);
        return v[0];
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_cpu);
        NativeMemory.AlignedFree(_ops);
    }

    private static Op* End(Cpu* cpu, Op* op) => null;
}

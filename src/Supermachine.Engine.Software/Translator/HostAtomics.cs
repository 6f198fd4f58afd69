namespace Supermachine.Engine.Software;

/// <summary>
/// The one atomic operation that .NET does not offer, as host code: CMPXCHG16B. Interpreter and translated code use the same
/// instruction, so that each is atomic to the other.
/// </summary>
internal static unsafe class HostAtomics
{
    private static readonly delegate* unmanaged<void*, ulong*, ulong, ulong, int> Swap = Make();

    /// <summary>
    /// Whether 16 aligned bytes are one access: CMPXCHG16B, and vector loads, which are atomic on every host that has AVX. Also
    /// means that code may be made here.
    /// </summary>
    public static bool HasPairs => Swap != null;

    /// <summary>Stores a new value if memory holds what is expected; gives what it held.</summary>
    public static UInt128 CompareAndSwap(byte* host, UInt128 expected, UInt128 value)
    {
        ulong* found = stackalloc ulong[2] { (ulong)expected, (ulong)(expected >> 64) };
        _ = Swap(host, found, (ulong)value, (ulong)(value >> 64));
        return new UInt128(found[1], found[0]);
    }

    private static delegate* unmanaged<void*, ulong*, ulong, ulong, int> Make()
    {
        if (!HostFeatures.Avx2 || CodeMemory.WhyNot() is not null) return null;
        CodeMemory? memory = CodeMemory.TryCreate((nuint)Environment.SystemPageSize, out _); // for as long as the process lives
        if (memory is null) return null;
        HostAssembler asm = new();
        asm.Begin(memory.Write, memory.End, memory.Execute);
        ulong entry = asm.Here;
        EmitSwap(asm);
        return (delegate* unmanaged<void*, ulong*, ulong, ulong, int>)entry;
    }

    /// <summary>System V: RDI the memory, RSI what is expected and then found, RDX and RCX the new value.</summary>
    private static void EmitSwap(HostAssembler asm)
    {
        asm.Move(HostRegister.R8, HostRegister.RBX);
        asm.Move(HostRegister.RBX, HostRegister.RDX);
        asm.Load(HostRegister.RAX, HostRegister.RSI, 0);
        asm.Load(HostRegister.RDX, HostRegister.RSI, 8);
        asm.Byte(0xF0);
        asm.RegMem(0xC7, 1, HostRegister.RDI, 0, wide: true, escape: true); // CMPXCHG16B [RDI]
        asm.Store(HostRegister.RSI, 0, HostRegister.RAX);
        asm.Store(HostRegister.RSI, 8, HostRegister.RDX);
        asm.Move(HostRegister.RBX, HostRegister.R8);
        asm.Byte(0xC3);
    }
}

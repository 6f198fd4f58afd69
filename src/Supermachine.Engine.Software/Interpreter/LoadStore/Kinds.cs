using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>What a load puts where, or a store takes from where. The register is <see cref="Op.Rd"/>, the second of a pair <see cref="Op.Ra"/>.</summary>
internal unsafe interface IDatum
{
    static abstract int Size { get; }

    /// <summary>Loads from host memory of any alignment, zero-extended.</summary>
    static abstract ulong Load(byte* host);

    static abstract void Store(byte* host, ulong value);

    /// <summary>Writes a loaded value to the register.</summary>
    static abstract void Put(Cpu* cpu, int register, ulong value);

    /// <summary>Reads the register for a store.</summary>
    static abstract ulong Get(Cpu* cpu, int register);
}

internal readonly unsafe struct Byte8 : IDatum
{
    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => *host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => *host = (byte)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => cpu->X[register] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => cpu->X[register];
}

internal readonly unsafe struct Half16 : IDatum
{
    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => Unsafe.ReadUnaligned<ushort>(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => Unsafe.WriteUnaligned(host, (ushort)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => cpu->X[register] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => cpu->X[register];
}

internal readonly unsafe struct Word32 : IDatum
{
    public static int Size => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => Unsafe.ReadUnaligned<uint>(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => Unsafe.WriteUnaligned(host, (uint)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => cpu->X[register] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => cpu->X[register];
}

internal readonly unsafe struct Double64 : IDatum
{
    public static int Size => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => Unsafe.ReadUnaligned<ulong>(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => Unsafe.WriteUnaligned(host, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => cpu->X[register] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => cpu->X[register];
}

/// <summary>A load that sign-extends <typeparamref name="T"/> to 64 bits: LDRSB, LDRSH, LDRSW.</summary>
internal readonly unsafe struct Signed64<T> : IDatum
    where T : struct, IDatum
{
    public static int Size => T.Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => T.Load(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => T.Store(host, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => cpu->X[register] = (ulong)((long)(value << (64 - (8 * T.Size))) >> (64 - (8 * T.Size)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => T.Get(cpu, register);
}

/// <summary>A load that sign-extends <typeparamref name="T"/> to 32 bits: LDRSB, LDRSH of W registers.</summary>
internal readonly unsafe struct Signed32<T> : IDatum
    where T : struct, IDatum
{
    public static int Size => T.Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => T.Load(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => T.Store(host, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => cpu->X[register] = (uint)((int)((uint)value << (32 - (8 * T.Size))) >> (32 - (8 * T.Size)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => T.Get(cpu, register);
}

/// <summary>A V register as B, H, S or D: a load zeroes the bits above.</summary>
internal readonly unsafe struct Vector<T> : IDatum
    where T : struct, IDatum
{
    public static int Size => T.Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* host) => T.Load(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* host, ulong value) => T.Store(host, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Cpu* cpu, int register, ulong value) => (cpu->V0[2 * register], cpu->V0[(2 * register) + 1]) = (value, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, int register) => cpu->V0[2 * register];
}

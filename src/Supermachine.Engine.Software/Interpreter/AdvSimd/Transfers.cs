using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>How bytes of memory and elements of registers correspond, for one kind of structure.</summary>
internal unsafe interface ITransfer
{
    static abstract void Load(Vector128<byte>* v, Op* op, byte* host);

    static abstract void Store(Vector128<byte>* v, Op* op, byte* host);
}

/// <summary>LD1, ST1 of one Q register: what string functions do most.</summary>
internal readonly unsafe struct OneQuad : ITransfer
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(Vector128<byte>* v, Op* op, byte* host) => v[op->Rd] = Unsafe.ReadUnaligned<Vector128<byte>>(host);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte>* v, Op* op, byte* host) => Unsafe.WriteUnaligned(host, v[op->Rd]);
}

/// <summary>LD1, ST1 of one to four whole registers.</summary>
internal readonly unsafe struct WholeRegisters : ITransfer
{
    public static void Load(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++, host += shape->Elements)
            v[(op->Rd + k) & 31] = shape->Full ? Unsafe.ReadUnaligned<Vector128<byte>>(host) : Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(host)).AsByte();
    }

    public static void Store(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++, host += shape->Elements)
        {
            Vector128<byte> value = v[(op->Rd + k) & 31];
            if (shape->Full) Unsafe.WriteUnaligned(host, value);
            else Unsafe.WriteUnaligned(host, value.AsUInt64().ToScalar());
        }
    }
}

/// <summary>LD2 to LD4, ST2 to ST4: the registers' elements in turn.</summary>
internal readonly unsafe struct Interleaved<T> : ITransfer
    where T : unmanaged
{
    public static void Load(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++)
        {
            T* register = (T*)(v + ((op->Rd + k) & 31));
            if (!shape->Full) ((ulong*)register)[1] = 0;
            byte* from = host + (k * sizeof(T));
            for (int element = 0; element < shape->Elements; element++, from += shape->Registers * sizeof(T))
                register[element] = Unsafe.ReadUnaligned<T>(from);
        }
    }

    public static void Store(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++)
        {
            T* register = (T*)(v + ((op->Rd + k) & 31));
            byte* to = host + (k * sizeof(T));
            for (int element = 0; element < shape->Elements; element++, to += shape->Registers * sizeof(T))
                Unsafe.WriteUnaligned(to, register[element]);
        }
    }
}

/// <summary>LD1 to LD4, ST1 to ST4 of a single structure: one element of each register.</summary>
internal readonly unsafe struct OneElement<T> : ITransfer
    where T : unmanaged
{
    public static void Load(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++, host += sizeof(T))
            ((T*)(v + ((op->Rd + k) & 31)))[shape->Index] = Unsafe.ReadUnaligned<T>(host);
    }

    public static void Store(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++, host += sizeof(T))
            Unsafe.WriteUnaligned(host, ((T*)(v + ((op->Rd + k) & 31)))[shape->Index]);
    }
}

/// <summary>LD1R to LD4R: one element in every lane. Loads only.</summary>
internal readonly unsafe struct Replicated<T> : ITransfer
    where T : unmanaged
{
    public static void Load(Vector128<byte>* v, Op* op, byte* host)
    {
        StructureShape* shape = Structures.Shape(op);
        for (int k = 0; k < shape->Registers; k++, host += sizeof(T))
        {
            Vector128<byte> value = Vector128.Create(Unsafe.ReadUnaligned<T>(host)).As<T, byte>();
            v[(op->Rd + k) & 31] = shape->Full ? value : HalfWidth.Clip(value);
        }
    }

    public static void Store(Vector128<byte>* v, Op* op, byte* host) => System.Diagnostics.Debug.Fail("there is no ST1R");
}

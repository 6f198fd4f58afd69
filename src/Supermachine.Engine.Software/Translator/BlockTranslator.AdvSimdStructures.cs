using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Loads and stores of structures: one TLB check for all of one.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>LD1, ST1 (multiple structures).</summary>
    public static bool StructureWhole(BlockTranslator t, uint i, Op* op)
    {
        StructureShape* shape = Structures.Shape(op);
        int width = shape->Full ? 16 : 8;
        Access access = t.BeginStructure(i, op);
        for (int k = 0; k < shape->Registers; k++)
        {
            if (i.Bit(22)) t.LoadStructureRegister(op, k, k * width, shape->Full);
            else t.StoreStructureRegister(op, k, k * width, shape->Full);
        }

        t.EndStructure(i, op, access);
        return true;
    }

    /// <summary>LD2 to LD4, ST2 to ST4 (multiple structures).</summary>
    public static bool StructureInterleaved(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginStructure(i, op);
        if (i.Bit(22)) t.Deinterleave(op);
        else t.Interleave(op);
        t.EndStructure(i, op, access);
        return true;
    }

    /// <summary>LD1 to LD4, ST1 to ST4 (single structure).</summary>
    public static bool StructureElement(BlockTranslator t, uint i, Op* op)
    {
        StructureShape* shape = Structures.Shape(op);
        int size = System.Numerics.BitOperations.Log2(shape->ElementSize);
        Access access = t.BeginStructure(i, op);
        for (int k = 0; k < shape->Registers; k++)
        {
            int register = StructureRegister(op, k);
            if (i.Bit(22))
            {
                t.LoadVector(XMM0, register);
                t.Asm.Vector(Inserts[size], XMM0, XMM0, A, k << size);
                t.Asm.Byte(shape->Index);
                t.StoreVector(register, XMM0);
            }
            else
            {
                t.LoadElement(B, register, size, shape->Index);
                t.Asm.Store(A, k << size, B, 1 << size);
            }
        }

        t.EndStructure(i, op, access);
        return true;
    }

    /// <summary>LD1R to LD4R.</summary>
    public static bool StructureReplicated(BlockTranslator t, uint i, Op* op)
    {
        StructureShape* shape = Structures.Shape(op);
        int size = System.Numerics.BitOperations.Log2(shape->ElementSize);
        Access access = t.BeginStructure(i, op);
        for (int k = 0; k < shape->Registers; k++)
        {
            t.Asm.Vector(Broadcasts[size], XMM0, XMM0, A, k << size);
            if (!shape->Full) t.Clip(XMM0, 8);
            t.StoreVector(StructureRegister(op, k), XMM0);
        }

        t.EndStructure(i, op, access);
        return true;
    }

    private static int StructureRegister(Op* op, int k) => (op->Rd + k) & 31;

    private Access BeginStructure(uint i, Op* op)
    {
        _keepsHeld = true;
        CheckStack(op);
        AddressTo(op, Index.Post);
        return Check(op, Structures.Shape(op)->Bytes, i.Bit(22) ? TlbOffset.Read : TlbOffset.Write);
    }

    /// <summary>Post-index by a register, or by the bytes transferred.</summary>
    private void EndStructure(uint i, Op* op, Access access)
    {
        if (op->Imm != 0)
        {
            WriteBack(op, Index.Post);
        }
        else if (i.Bit(23))
        {
            HostRegister to = Use(op->Rn, B);
            AluSlot(ADD, to, op->Rm, wide: true);
            Put(op->Rn, to);
        }

        Finish(access);
    }

    private void LoadStructureRegister(Op* op, int k, int at, bool full)
    {
        Asm.Vector(full ? VMOVDQU : VMOVQ, XMM0, XMM0, A, at);
        StoreVector(StructureRegister(op, k), XMM0);
    }

    private void StoreStructureRegister(Op* op, int k, int at, bool full)
    {
        LoadVector(XMM0, StructureRegister(op, k));
        StorePart(XMM0, at, full);
    }

    private void StorePart(HostVector from, int at, bool full)
    {
        if (full) Asm.VectorStore(A, at, from);
        else Asm.Vector(VMOVQToMemory, from, XMM0, A, at);
    }

    /// <summary>Every register gathers its elements from all of memory's pieces by byte shuffles.</summary>
    private void Deinterleave(Op* op)
    {
        StructureShape* shape = Structures.Shape(op);
        int width = shape->Full ? 16 : 8, pieces = (shape->Bytes + 15) / 16;
        for (int piece = 0; piece < pieces; piece++)
            Asm.Vector(shape->Bytes - (16 * piece) >= 16 ? VMOVDQU : VMOVQ, (HostVector)piece, XMM0, A, 16 * piece);
        for (int k = 0; k < shape->Registers; k++)
        {
            GatherBytes(pieces, width, at => (at / shape->ElementSize * shape->Registers + k) * shape->ElementSize + at % shape->ElementSize);
            StoreVector(StructureRegister(op, k), XMM4);
        }
    }

    /// <summary>The same the other way round.</summary>
    private void Interleave(Op* op)
    {
        StructureShape* shape = Structures.Shape(op);
        int width = shape->Full ? 16 : 8, size = shape->ElementSize;
        for (int k = 0; k < shape->Registers; k++) LoadVector((HostVector)k, StructureRegister(op, k));
        for (int start = 0; start < shape->Bytes; start += 16)
        {
            int length = Math.Min(16, shape->Bytes - start);
            GatherBytes(shape->Registers, length, at => SourceOf((start + at) / size, (start + at) % size, shape));
            StorePart(XMM4, start, length == 16);
        }
    }

    /// <summary>Where a byte of an element of memory is among the registers.</summary>
    private static int SourceOf(int element, int within, StructureShape* shape) =>
        (16 * (element % shape->Registers)) + (element / shape->Registers * shape->ElementSize) + within;

    /// <summary>XMM4 = bytes of XMM0 and its successors, by their number among all of these, and zeros above.</summary>
    private void GatherBytes(int sources, int bytes, Func<int, int> sourceOf)
    {
        bool first = true;
        for (int source = 0; source < sources; source++)
        {
            UInt128 indexes = 0;
            bool any = false;
            for (int at = 15; at >= 0; at--)
            {
                int from = at < bytes ? sourceOf(at) - (16 * source) : -1;
                bool here = from is >= 0 and < 16;
                any |= here;
                indexes = indexes << 8 | (here ? (uint)from : 0x80u);
            }

            if (!any) continue;
            EmitConstant(VPSHUFB, first ? XMM4 : XMM5, (HostVector)source, (ulong)indexes, (ulong)(indexes >> 64));
            if (!first) Emit(VPOR, XMM4, XMM4, XMM5);
            first = false;
        }
    }
}

namespace Supermachine.Engine.Software;

/// <content>CRC32 and CRC32C. Neither touches EFLAGS where the host has an instruction for it.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>CRC32CB to CRC32CX: the host's CRC32 has the same polynomial.</summary>
    private void ChecksumCastagnoli(Op* op, int bytes)
    {
        Get(A, op->Rn, wide: false);
        Get(B, op->Rm, wide: bytes == 8);
        Asm.Checksum(A, B, bytes);
        Put(op->Rd, A);
    }

    /// <summary>
    /// CRC32B to CRC32X: the remainder of a polynomial by Barrett's division, in two carry-less multiplications. Bits are reflected: the
    /// coefficient of the highest power is the lowest bit, so the message, checksum added, goes to the top of 64 bits.
    /// </summary>
    private void Checksum(Op* op, int bytes)
    {
        // floor(x^96 / P) without its highest power, and P = 0x104C11DB7, both reflected.
        const ulong Quotient = 0xB4E5_B025_F701_1641, Polynomial = 0x1_DB71_0641;
        Get(D, op->Rn, wide: false);
        Get(A, op->Rm, wide: true);
        Asm.Alu(XOR, A, D);
        if (bytes < 8) Asm.Shift(4, A, 64 - (8 * bytes));
        MultiplyCarryless(HostVector.XMM0, A, Quotient);
        Asm.VectorGeneral(VexPrefix.P66, VexMap.M0F, 0x7E, (int)HostVector.XMM0, HostVector.XMM0, (int)A, wide: true); // VMOVQ RAX, XMM0
        MultiplyCarryless(HostVector.XMM0, A, Polynomial);
        Asm.VectorGeneral(VexPrefix.P66, VexMap.M0F3A, 0x16, (int)HostVector.XMM0, HostVector.XMM0, (int)A, wide: true); // VPEXTRQ RAX, XMM0, 1
        Asm.Byte(1);
        if (bytes < 4)
        {
            Asm.Shift(5, D, 8 * bytes, wide: false);
            Asm.Alu(XOR, A, D, wide: false);
        }
        else Asm.Move(A, A, wide: false);

        Clobbered();
        Put(op->Rd, A);
    }

    /// <summary>Takes RCX and XMM1.</summary>
    private void MultiplyCarryless(HostVector to, HostRegister factor, ulong constant)
    {
        Asm.VectorGeneral(VexPrefix.P66, VexMap.M0F, 0x6E, (int)to, HostVector.XMM0, (int)factor, wide: true); // VMOVQ
        Asm.MoveConstant(B, constant);
        Asm.VectorGeneral(VexPrefix.P66, VexMap.M0F, 0x6E, (int)HostVector.XMM1, HostVector.XMM0, (int)B, wide: true);
        Asm.Vector(VexPrefix.P66, VexMap.M0F3A, 0x44, to, to, HostVector.XMM1); // VPCLMULQDQ of the low halves
        Asm.Byte(0);
    }
}

namespace Supermachine.Engine.Software;

/// <summary>Chooses the handlers of loads and stores (ARM ARM C4.1, Loads and stores).</summary>
internal static unsafe class LoadStoreBinder
{
    /// <summary>size 111 V 01 opc imm12 Rn Rt.</summary>
    public static bool UnsignedImmediate(uint i, Op* op)
    {
        op->Imm = (ulong)i.Field(10, 12) << Scale(i);
        return Single<Offset>(i, op);
    }

    /// <summary>size 111 V 00 opc 0 imm9 00 Rn Rt: LDUR, STUR.</summary>
    public static bool Unscaled(uint i, Op* op)
    {
        op->Imm = (ulong)Bits.SignExtend(i.Field(12, 9), 9);
        return Single<Offset>(i, op);
    }

    /// <summary>size 111 V 00 opc 0 imm9 01 Rn Rt.</summary>
    public static bool PostIndexed(uint i, Op* op)
    {
        op->Imm = (ulong)Bits.SignExtend(i.Field(12, 9), 9);
        return !IsPrefetch(i) && Single<PostIndex>(i, op);
    }

    /// <summary>size 111 V 00 opc 0 imm9 11 Rn Rt.</summary>
    public static bool PreIndexed(uint i, Op* op)
    {
        op->Imm = (ulong)Bits.SignExtend(i.Field(12, 9), 9);
        return !IsPrefetch(i) && Single<PreIndex>(i, op);
    }

    /// <summary>size 111 V 00 opc 1 Rm option S 10 Rn Rt.</summary>
    public static bool RegisterOffset(uint i, Op* op)
    {
        uint option = i.Field(13, 3);
        if ((option & 2) == 0) return false;
        int shift = i.Bit(12) ? Scale(i) : 0;
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Aux = (ushort)(option == 3 ? (uint)shift : option << 8 | (uint)shift);
        return option == 3 ? Single<ShiftedIndex>(i, op) : Single<ExtendedIndex>(i, op);
    }

    /// <summary>size 111 0 00 opc 0 imm9 10 Rn Rt: LDTR, STTR.</summary>
    public static bool Unprivileged(uint i, Op* op)
    {
        op->Imm = (ulong)Bits.SignExtend(i.Field(12, 9), 9);
        op->Rn = (byte)i.Field(5, 5);
        uint opc = i.Field(22, 2), size = i.Field(30, 2);
        op->Rd = opc == 0 ? Bits.Source(i.Field(0, 5)) : Bits.Target(i.Field(0, 5));
        op->Handler = (size << 2 | opc) switch
        {
            0x0 => &LoadStore.StoreUnprivileged<Byte8>,
            0x1 => &LoadStore.LoadUnprivileged<Byte8>,
            0x2 => &LoadStore.LoadUnprivileged<Signed64<Byte8>>,
            0x3 => &LoadStore.LoadUnprivileged<Signed32<Byte8>>,
            0x4 => &LoadStore.StoreUnprivileged<Half16>,
            0x5 => &LoadStore.LoadUnprivileged<Half16>,
            0x6 => &LoadStore.LoadUnprivileged<Signed64<Half16>>,
            0x7 => &LoadStore.LoadUnprivileged<Signed32<Half16>>,
            0x8 => &LoadStore.StoreUnprivileged<Word32>,
            0x9 => &LoadStore.LoadUnprivileged<Word32>,
            0xA => &LoadStore.LoadUnprivileged<Signed64<Word32>>,
            0xC => &LoadStore.StoreUnprivileged<Double64>,
            0xD => &LoadStore.LoadUnprivileged<Double64>,
            _ => null,
        };
        return op->Handler != null;
    }

    /// <summary>opc 011 V 00 imm19 Rt.</summary>
    public static bool BindLiteral(uint i, Op* op)
    {
        op->Imm = (ulong)(Bits.SignExtend(i.Field(5, 19), 19) << 2) + op->Offset;
        uint opc = i.Field(30, 2);
        if (i.Bit(26))
        {
            op->Rd = (byte)i.Field(0, 5);
            op->Handler = opc switch
            {
                0 => &LoadStore.Load<Vector<Word32>, Literal>,
                1 => &LoadStore.Load<Vector<Double64>, Literal>,
                2 => &QuadLoadStore.Load<Literal>,
                _ => null,
            };
            return op->Handler != null;
        }

        op->Rd = Bits.Target(i.Field(0, 5));
        op->Handler = opc switch
        {
            0 => &LoadStore.Load<Word32, Literal>,
            1 => &LoadStore.Load<Double64, Literal>,
            2 => &LoadStore.Load<Signed64<Word32>, Literal>,
            _ => &LoadStore.Prefetch,
        };
        return true;
    }

    /// <summary>opc 101 V 0 mode L imm7 Rt2 Rn Rt: LDP, STP, LDNP, STNP, LDPSW.</summary>
    public static bool BindPair(uint i, Op* op) => i.Field(23, 2) switch
    {
        1 => Pair<PostIndex>(i, op),
        3 => Pair<PreIndex>(i, op),
        _ => Pair<Offset>(i, op),
    };

    private static bool Pair<T>(uint i, Op* op)
        where T : struct, IAddressing => i.Field(5, 5) == 31 ? PairOf<Stack<T>>(i, op) : PairOf<T>(i, op);

    private static bool PairOf<T>(uint i, Op* op)
        where T : struct, IAddressing
    {
        uint opc = i.Field(30, 2);
        bool vector = i.Bit(26), load = i.Bit(22), noAllocate = i.Field(23, 2) == 0;
        int scale = vector ? 2 + (int)opc : 2 + (int)(opc >> 1);
        op->Imm = (ulong)(Bits.SignExtend(i.Field(15, 7), 7) << scale);
        op->Rn = (byte)i.Field(5, 5);
        Register(i.Field(0, 5), vector, load, out op->Rd);
        Register(i.Field(10, 5), vector, load, out op->Ra);
        op->Handler = (vector, opc, load) switch
        {
            (false, 0, true) => &LoadStore.LoadPair<Word32, T>,
            (false, 0, false) => &LoadStore.StorePair<Word32, T>,
            (false, 1, true) when !noAllocate => &LoadStore.LoadPair<Signed64<Word32>, T>,
            (false, 2, true) => &LoadStore.LoadPair<Double64, T>,
            (false, 2, false) => &LoadStore.StorePair<Double64, T>,
            (true, 0, true) => &LoadStore.LoadPair<Vector<Word32>, T>,
            (true, 0, false) => &LoadStore.StorePair<Vector<Word32>, T>,
            (true, 1, true) => &LoadStore.LoadPair<Vector<Double64>, T>,
            (true, 1, false) => &LoadStore.StorePair<Vector<Double64>, T>,
            (true, 2, true) => &QuadLoadStore.LoadPair<T>,
            (true, 2, false) => &QuadLoadStore.StorePair<T>,
            _ => null,
        };
        return op->Handler != null;
    }

    private static bool Single<T>(uint i, Op* op)
        where T : struct, IAddressing
    {
        op->Rn = (byte)i.Field(5, 5);
        bool vector = i.Bit(26);
        Register(i.Field(0, 5), vector, i.Field(22, 2) != 0, out op->Rd);
        op->Handler = (vector, op->Rn == Cpu.SP) switch
        {
            (false, false) => Integer<T>(i),
            (false, true) => Integer<Stack<T>>(i),
            (true, false) => Simd<T>(i),
            (true, true) => Simd<Stack<T>>(i),
        };
        return op->Handler != null;
    }

    private static delegate*<Cpu*, Op*, Op*> Integer<T>(uint i)
        where T : struct, IAddressing => (i.Field(30, 2) << 2 | i.Field(22, 2)) switch
        {
            0x0 => &LoadStore.Store<Byte8, T>,
            0x1 => &LoadStore.Load<Byte8, T>,
            0x2 => &LoadStore.Load<Signed64<Byte8>, T>,
            0x3 => &LoadStore.Load<Signed32<Byte8>, T>,
            0x4 => &LoadStore.Store<Half16, T>,
            0x5 => &LoadStore.Load<Half16, T>,
            0x6 => &LoadStore.Load<Signed64<Half16>, T>,
            0x7 => &LoadStore.Load<Signed32<Half16>, T>,
            0x8 => &LoadStore.Store<Word32, T>,
            0x9 => &LoadStore.Load<Word32, T>,
            0xA => &LoadStore.Load<Signed64<Word32>, T>,
            0xC => &LoadStore.Store<Double64, T>,
            0xD => &LoadStore.Load<Double64, T>,
            0xE => &LoadStore.Prefetch,
            _ => null,
        };

    private static delegate*<Cpu*, Op*, Op*> Simd<T>(uint i)
        where T : struct, IAddressing => (i.Field(30, 2) << 2 | i.Field(22, 2)) switch
        {
            0x0 => &LoadStore.Store<Vector<Byte8>, T>,
            0x1 => &LoadStore.Load<Vector<Byte8>, T>,
            0x2 => &QuadLoadStore.Store<T>,
            0x3 => &QuadLoadStore.Load<T>,
            0x4 => &LoadStore.Store<Vector<Half16>, T>,
            0x5 => &LoadStore.Load<Vector<Half16>, T>,
            0x8 => &LoadStore.Store<Vector<Word32>, T>,
            0x9 => &LoadStore.Load<Vector<Word32>, T>,
            0xC => &LoadStore.Store<Vector<Double64>, T>,
            0xD => &LoadStore.Load<Vector<Double64>, T>,
            _ => null,
        };

    /// <summary>Left shift of scaled offsets: log2 of the access size.</summary>
    private static int Scale(uint i) => i.Bit(26) && i.Bit(23) ? 4 : (int)i.Field(30, 2);

    private static bool IsPrefetch(uint i) => !i.Bit(26) && i.Field(30, 2) == 3 && i.Field(22, 2) == 2;

    private static void Register(uint number, bool vector, bool load, out byte slot) =>
        slot = vector ? (byte)number : load ? Bits.Target(number) : Bits.Source(number);
}

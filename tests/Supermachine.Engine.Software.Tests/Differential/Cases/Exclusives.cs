namespace Supermachine.Engine.Software.Differential;

/// <summary>The load-exclusive that a store-exclusive needs before it.</summary>
internal static class Exclusives
{
    private const uint Load = 1 << 22, Ordered = 1 << 15, Registers = 31 << 10 | 31;

    /// <summary>Loads from the store's address into registers that it does not use.</summary>
    public static uint LoadFor(uint store, ref Xorshift random)
    {
        uint t = Unused(store, 32, ref random), t2 = Unused(store, t, ref random);
        return Unpredictable.Settle(store & ~(Registers | Ordered) | Load | t2 << 10 | t) | (random.OneIn(2) ? Ordered : 0);
    }

    private static uint Unused(uint store, uint other, ref Xorshift random)
    {
        while (true)
        {
            uint register = random.Below(31);
            if (register != other && register != store.Field(0, 5) && register != store.Field(5, 5) && register != store.Field(10, 5) && register != store.Field(16, 5)) return register;
        }
    }
}

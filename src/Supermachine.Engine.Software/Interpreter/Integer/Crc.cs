namespace Supermachine.Engine.Software;

/// <summary>CRC-32 with reflected polynomials, as CRC32B and its kin compute it, a byte of table at a time.</summary>
internal static class Crc
{
    private static readonly uint[] Ieee = Table(0xEDB88320u);
    private static readonly uint[] Castagnoli = Table(0x82F63B78u);

    /// <summary>Takes <paramref name="size"/> bytes of <paramref name="data"/>, low byte first.</summary>
    public static uint Update(uint crc, ulong data, int size, uint polynomial)
    {
        uint[] table = polynomial == 0x82F63B78u ? Castagnoli : Ieee;
        for (int i = 0; i < size; i++, data >>= 8) crc = crc >> 8 ^ table[(byte)(crc ^ data)];
        return crc;
    }

    private static uint[] Table(uint polynomial)
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ polynomial : crc >> 1;
            table[i] = crc;
        }

        return table;
    }
}

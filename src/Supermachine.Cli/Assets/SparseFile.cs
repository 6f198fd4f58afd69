namespace Supermachine.Cli.Assets;

/// <summary>Copies files whose zeroes need no room.</summary>
internal static class SparseFile
{
    private const int Block = 64 << 10;

    /// <summary>Copies content alone, not permissions, leaving holes where a block is all zero.</summary>
    public static void Copy(string source, string target)
    {
        using FileStream input = File.OpenRead(source);
        using FileStream output = File.Create(target);
        output.SetLength(input.Length);
        byte[] block = new byte[Block];
        for (int count; (count = input.ReadAtLeast(block, Block, throwOnEndOfStream: false)) != 0;)
        {
            if (block.AsSpan(0, count).ContainsAnyExcept((byte)0)) output.Write(block, 0, count);
            else output.Seek(count, SeekOrigin.Current);
        }
    }
}

namespace Supermachine.Engine.Hvf.Tests;

[Collection(OneFramework.Name)]
public sealed unsafe class GuestMappingsTests
{
    private const ulong Start = 0x4000_0000, Piece = GuestMappings.PieceSize;
    private static readonly nint Host = unchecked((nint)0x7000_0000_0000);
    private const MemoryProtection All = MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute;
    private readonly GuestMappings _mappings = new(FakeFramework.Reset(), 36);

    [Fact]
    public void Pieces_are_taken_back_as_they_were_given()
    {
        _mappings.Add(Start, Host, Piece + 0x8000, All);
        _mappings.Remove(Start, Piece + 0x8000);

        Assert.Equal(
            [
                $"hv_vm_map 0x40000000 0x{Piece:x} HV_MEMORY_READ, HV_MEMORY_WRITE, HV_MEMORY_EXEC",
                $"hv_vm_map 0x{Start + Piece:x} 0x8000 HV_MEMORY_READ, HV_MEMORY_WRITE, HV_MEMORY_EXEC",
                $"hv_vm_unmap 0x40000000 0x{Piece:x}",
                $"hv_vm_unmap 0x{Start + Piece:x} 0x8000",
            ],
            FakeFramework.Log);
    }

    [Fact]
    public void A_piece_that_is_refused_takes_the_others_with_it()
    {
        FakeFramework.Refusals[$"hv_vm_map 0x{Start + Piece:x}"] = hv_return_t.HV_ERROR;

        Assert.Contains("mapping 0x40000000+0x8008000: hv_vm_map failed with HV_ERROR", Assert.Throws<HvException>(() => _mappings.Add(Start, Host, Piece + 0x8000, All)).Message, StringComparison.Ordinal);
        Assert.Equal($"hv_vm_unmap 0x40000000 0x{Piece:x}", FakeFramework.Log[^1]);
        Assert.True(_mappings.Host(Start, 1, MemoryProtection.Read) == null);
    }

    [Fact]
    public void Memory_is_replaced_while_the_guest_does_not_have_it()
    {
        _mappings.Add(Start, Host, Piece + 0x8000, All);
        FakeFramework.Log.Clear();

        _mappings.Replace(Start, Piece + 0x8000, Replaced, atOnce: false);
        Assert.Equal(["hv_vm_unmap", "replace 0x0", "hv_vm_map", "hv_vm_unmap", $"replace 0x{Piece:x}", "hv_vm_map"], Steps());
        Assert.Equal($"hv_vm_unmap 0x{Start + Piece:x} 0x8000", FakeFramework.Log[3]);

        FakeFramework.Log.Clear();
        _mappings.Replace(Start, Piece + 0x8000, Replaced, atOnce: true);
        Assert.Equal(["hv_vm_unmap", "hv_vm_unmap", "replace 0x0", "hv_vm_map", "hv_vm_map"], Steps());
        Assert.Equal($"replace 0x0 0x{Piece + 0x8000:x}", FakeFramework.Log[2]);

        static void Replaced(ulong offset, ulong length) => FakeFramework.Log.Add($"replace 0x{offset:x} 0x{length:x}");

        static string[] Steps() => [.. FakeFramework.Log.Select(line => line.StartsWith("replace", StringComparison.Ordinal) ? line[..line.LastIndexOf(' ')] : line.Split(' ')[0])];
    }

    [Fact]
    public void What_a_failed_replacement_left_is_taken_back_exactly()
    {
        _mappings.Add(Start, Host, Piece + 0x8000, All);

        Assert.Throws<IOException>(() => _mappings.Replace(Start, Piece + 0x8000, (_, _) => throw new IOException("disk gone"), atOnce: false));
        FakeFramework.Log.Clear();
        _mappings.Clear();

        Assert.Equal([$"hv_vm_unmap 0x{Start + Piece:x} 0x8000"], FakeFramework.Log);
    }

    [Fact]
    public void Only_what_was_mapped_can_be_replaced()
    {
        _mappings.Add(Start, 0x10000, 0x8000, All);

        Assert.Equal("there is no mapping 0x40000000+0x4000", Assert.Throws<ArgumentException>(() => _mappings.Replace(Start, 0x4000, (_, _) => Assert.Fail("replaced"), atOnce: true)).Message);
    }

    [Theory]
    [InlineData(0x4000_1000, 0x4000, 0x10000, "not aligned")]
    [InlineData(0x4000_4000, 0x5000, 0x10000, "not aligned")]
    [InlineData(0x4000_4000, 0x4000, 0x11000, "not aligned")]
    [InlineData(0x4000_4000, 0, 0x10000, "outside the 36-bit")]
    [InlineData(0xf_ffff_c000, 0x8000, 0x10000, "outside the 36-bit")]
    [InlineData(0, 0x4000, 0x10000, "at address 0")]
    [InlineData(0x5000_4000, 0x4000, 0x10000, "overlaps 0x50000000+0x8000")]
    public void A_bad_range_is_named(ulong start, ulong length, long host, string problem)
    {
        _mappings.Add(0x5000_0000, 0x10000, 0x8000, All);

        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => _mappings.Add(start, (nint)host, length, All)).Message, StringComparison.Ordinal);
        Assert.Single(FakeFramework.Log);
    }

    [Fact]
    public void Only_what_was_mapped_can_be_taken_back()
    {
        _mappings.Add(Start, 0x10000, 0x8000, MemoryProtection.Read);

        Assert.Equal("there is no mapping 0x40000000+0x4000", Assert.Throws<ArgumentException>(() => _mappings.Remove(Start, 0x4000)).Message);
        _mappings.Clear();
        Assert.Equal("hv_vm_unmap 0x40000000 0x8000", FakeFramework.Log[^1]);
    }

    [Fact]
    public void Host_memory_is_found_by_address_length_and_access()
    {
        _mappings.Add(Start, 0x10000, 0x8000, MemoryProtection.Read);

        Assert.True(_mappings.Host(Start + 0x7ff8, 8, MemoryProtection.Read) == (byte*)0x17ff8);
        Assert.True(_mappings.Host(Start + 0x7ff9, 8, MemoryProtection.Read) == null);
        Assert.True(_mappings.Host(Start, 8, MemoryProtection.Write) == null);
        Assert.Equal(MemoryProtection.Read, _mappings.ProtectionAt(Start));
        Assert.Equal(MemoryProtection.None, _mappings.ProtectionAt(Start - 1));
    }
}

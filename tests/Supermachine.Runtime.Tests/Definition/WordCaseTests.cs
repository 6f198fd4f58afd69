using System.Text.Json;

namespace Supermachine.Runtime.Tests;

public sealed class WordCaseTests
{
    [Theory]
    [InlineData("Name", "name")]
    [InlineData("RamBase", "ram_base")]
    [InlineData("MaxHTTPRequests", "max_http_requests")]
    [InlineData("HTTP", "http")]
    [InlineData("IPAddress", "ip_address")]
    [InlineData("Sha256Hash", "sha256_hash")]
    [InlineData("GICv3", "gi_cv3")]
    [InlineData("X1", "x1")]
    [InlineData("A1B2", "a1_b2")]
    [InlineData("Already_Split", "already_split")]
    [InlineData("", "")]
    public void ANameBecomesWordsAsJsonHasThem(string name, string words)
    {
        Assert.Equal(words, WordCase.Lower(name, '_'));
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), WordCase.Lower(name, '_'));
        Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(name), WordCase.Lower(name, '-'));
    }
}

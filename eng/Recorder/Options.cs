using System.Globalization;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>What the commands take: --rows TEXT, --cases N, --sequences N, --seed N, --vectors FOLDER, --show N, --minutes N.</summary>
internal sealed record Options
{
    /// <summary>Part of a row's name; every row by default.</summary>
    public string Rows { get; private init; } = "";

    public int Cases { get; private init; } = 256;

    public int Sequences { get; private init; } = 8192;

    public ulong? Seed { get; private init; }

    /// <summary>How long to fuzz.</summary>
    public double Minutes { get; private init; } = 10;

    public string Vectors { get; private init; } = Path.Combine("tests", "Supermachine.Engine.Software.Tests", "Differential", "Vectors");

    /// <summary>How many mismatches of a row to print.</summary>
    public int Show { get; private init; } = 3;

    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        Options options = new();
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            string value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--rows" => options with { Rows = value },
                "--cases" => options with { Cases = int.Parse(value, null) },
                "--sequences" => options with { Sequences = int.Parse(value, null) },
                "--seed" => options with { Seed = ulong.Parse(value, null) },
                "--vectors" => options with { Vectors = value },
                "--minutes" => options with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) },
                "--show" => options with { Show = int.Parse(value, null) },
                _ => throw new ArgumentException($"no option {arguments[i]}"),
            };
        }

        return options;
    }
}

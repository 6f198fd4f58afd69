using System.Diagnostics;
using System.Security.Cryptography;
using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>Random sequences for as long as asked: on interpreter and translator at both levels, and those of EL0 on qemu-aarch64 and translator.</summary>
internal static class FuzzCommand
{
    private const int Batch = 4096;

    /// <summary>After so many differences there is enough to look at.</summary>
    private const int MostReported = 8;

    public static int Run(Options options)
    {
        ulong seed = options.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var random = new Xorshift(seed);
        Console.WriteLine($"--seed {seed}");
        using FuzzPair pair = new();
        using FuzzQemu qemu = new();
        Stopwatch watch = Stopwatch.StartNew();
        long[] cases = new long[3];
        int differences = 0;
        while (watch.Elapsed.TotalMinutes < options.Minutes && differences < MostReported)
        {
            // Four batches against the interpreter take about as long as one against QEMU.
            for (int i = 0; i < 2; i++) differences += Engines(pair, FuzzMode.User, ref random, ref cases[0]);
            for (int i = 0; i < 2; i++) differences += Engines(pair, FuzzMode.Kernel, ref random, ref cases[1]);
            differences += Qemu(qemu, ref random, ref cases[2]);
        }

        Console.WriteLine($"interpreter and translator: {cases[0]} sequences at EL0, {cases[1]} at EL1; QEMU and translator: {cases[2]}");
        Console.WriteLine($"{differences} differences in {watch.Elapsed.TotalMinutes:f1} minutes");
        return differences == 0 ? 0 : 1;
    }

    private static int Engines(FuzzPair pair, FuzzMode mode, ref Xorshift random, ref long cases)
    {
        int differences = 0;
        for (int i = 0; i < Batch; i++)
        {
            FuzzSequence sequence = FuzzGenerator.Make(mode, (uint)random.Next());
            cases++;
            if (pair.Agrees(sequence)) continue;
            differences++;
            FuzzSequence shortest = FuzzShrinker.Shrink(sequence, one => !pair.Agrees(one));
            pair.Agrees(shortest);
            Console.WriteLine(FuzzReport.Describe(shortest, pair.Interpreted, pair.Translated, ("interpreter", "translator")));
        }

        return differences;
    }

    private static int Qemu(FuzzQemu qemu, ref Xorshift random, ref long cases)
    {
        FuzzSequence[] sequences = new FuzzSequence[Batch];
        for (int i = 0; i < Batch; i++) sequences[i] = FuzzGenerator.Make(FuzzMode.User, (uint)random.Next());
        cases += Batch;
        FuzzSequence[] failing = qemu.Failing(sequences);
        foreach (FuzzSequence sequence in failing.Take(MostReported))
        {
            FuzzSequence shortest = FuzzShrinker.Shrink(sequence, one => qemu.Failing([one]).Length != 0);
            Console.WriteLine(qemu.Describe(shortest));
        }

        return failing.Length;
    }
}

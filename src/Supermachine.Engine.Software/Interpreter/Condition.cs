using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>A condition code, as a type, so that handlers are made for each (ConditionHolds() of the ARM ARM).</summary>
internal unsafe interface ICondition
{
    static abstract bool Holds(Cpu* cpu);
}

internal readonly unsafe struct Eq : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => cpu->Z == 0;
}

internal readonly unsafe struct Cs : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => cpu->C != 0;
}

internal readonly unsafe struct Mi : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => cpu->N < 0;
}

internal readonly unsafe struct Vs : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => cpu->V < 0;
}

internal readonly unsafe struct Hi : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => cpu->C != 0 && cpu->Z != 0;
}

internal readonly unsafe struct Ge : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => (cpu->N ^ cpu->V) >= 0;
}

internal readonly unsafe struct Gt : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => cpu->Z != 0 && (cpu->N ^ cpu->V) >= 0;
}

/// <summary>AL and NV: both hold always.</summary>
internal readonly unsafe struct Al : ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => true;
}

/// <summary>The opposite: NE, CC, PL, VC, LS, LT, LE.</summary>
internal readonly unsafe struct Not<T> : ICondition
    where T : struct, ICondition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(Cpu* cpu) => !T.Holds(cpu);
}

/// <summary>Evaluates a condition by number, where no handler of its own pays.</summary>
internal static unsafe class Condition
{
    public static bool Holds(Cpu* cpu, uint condition)
    {
        bool holds = (condition >> 1) switch
        {
            0 => Eq.Holds(cpu),
            1 => Cs.Holds(cpu),
            2 => Mi.Holds(cpu),
            3 => Vs.Holds(cpu),
            4 => Hi.Holds(cpu),
            5 => Ge.Holds(cpu),
            6 => Gt.Holds(cpu),
            _ => true,
        };
        return holds != ((condition & 1) != 0 && condition != 15);
    }
}

namespace Fixture;

/// <summary>A library that a plugin was built with but does not carry.</summary>
public static class Absent
{
    public static string Text() => "absent";
}

namespace Fixture;

/// <summary>Version 1 of a library that two plugins carry in different versions.</summary>
public static class Library
{
    public static string InVersion1() => "library 1";
}

namespace Fixture;

/// <summary>Version 2 of a library that two plugins carry in different versions.</summary>
public static class Library
{
    public static string InVersion2() => "library 2";
}

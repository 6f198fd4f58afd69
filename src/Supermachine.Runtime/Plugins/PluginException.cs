namespace Supermachine.Runtime;

/// <summary>A plugin that cannot be used. The message names it.</summary>
internal sealed class PluginException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The code of the diagnostic it becomes.</summary>
    public string Code { get; } = code;
}

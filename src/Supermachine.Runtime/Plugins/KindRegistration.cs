using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Supermachine.Runtime;

/// <summary>A kind that a plugin has registered.</summary>
/// <param name="Part">What sort of part it is.</param>
/// <param name="Kind">The word that machine files use.</param>
/// <param name="OptionsType">What the part's table is bound to.</param>
/// <param name="Create">Makes the part from its options, its context (null for an egress policy) and the plugin's services.</param>
/// <param name="Validate">What the plugin's own validators say about the options.</param>
internal sealed record KindRegistration(
    PartKind Part,
    string Kind,
    Type OptionsType,
    Func<object, object?, IServiceProvider, object> Create,
    Func<object, IServiceProvider, IEnumerable<string>> Validate)
{
    public static KindRegistration Of<TOptions, TContext>(PartKind part, string kind, Func<TOptions, TContext, IServiceProvider, object> create)
        where TOptions : class, new() =>
        new(part, kind, typeof(TOptions), (options, context, services) => create((TOptions)options, (TContext)context!, services), Failures<TOptions>);

    private static IEnumerable<string> Failures<TOptions>(object options, IServiceProvider services)
        where TOptions : class
    {
        foreach (IValidateOptions<TOptions> validator in services.GetServices<IValidateOptions<TOptions>>())
        {
            ValidateOptionsResult result = validator.Validate(Options.DefaultName, (TOptions)options);
            if (!result.Failed) continue;
            foreach (string failure in result.Failures ?? [result.FailureMessage ?? "the options are not valid"]) yield return failure;
        }
    }
}

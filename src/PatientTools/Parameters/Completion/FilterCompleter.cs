using System.Management.Automation;
using PatientTools.Search;
using PatientTools.Search.Filter;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes what stands last in a filter: a property, an operator, or a value that is common in the store.</summary>
public sealed class FilterCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session)
    {
        var place = FilterCompletion.At(argument.Text, argument.Text.Length);
        return from offer in Offers(place, argument, session)
               select new CompletionResult(argument.With(place.Start, offer.Text), offer.Name, CompletionResultType.ParameterValue, offer.Description);
    }

    private static IEnumerable<(string Text, string Name, string Description)> Offers(FilterCompletion place, TypedArgument argument, PatientStoreSession? session) => place.Kind switch
    {
        FilterCompletionKind.Property => from property in SearchProperties.All
                                         where property.Name.StartsWith(place.Typed, StringComparison.OrdinalIgnoreCase)
                                         select (property.Name, property.Name, property.Description),
        FilterCompletionKind.Operator => from word in place.Operators
                                         where word.StartsWith(place.Typed, StringComparison.OrdinalIgnoreCase)
                                         select (word, word, word),
        FilterCompletionKind.Value => from value in Values(place, session)
                                      select (value is "$true" or "$false" ? value : Quoted(value, place.Quote ?? argument.InnerQuote), value, value),
        _ => [],
    };

    private static IEnumerable<string> Values(FilterCompletion place, PatientStoreSession? session) =>
        place.Property is not { } property ? []
        : property.Type == SearchPropertyType.Boolean ? place.Quote is null ? ["$true", "$false"] : []
        : CommonValues.Of(session, property.Name, place.Typed);

    private static string Quoted(string value, char quote)
    {
        var plain = quote == '"' ? quote : '\'';
        return plain + TypedArgument.Escape(value, plain) + plain;
    }
}

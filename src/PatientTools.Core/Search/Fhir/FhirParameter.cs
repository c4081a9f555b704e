using PatientTools.Search.Conditions;

namespace PatientTools.Search.Fhir;

/// <summary>A search parameter of the FHIR resource Patient.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Modifiers">The modifiers that change how one value is compared; <c>missing</c> is beside them.</param>
/// <param name="Present">The condition that a patient has such a value.</param>
/// <param name="Match">Makes the condition of one value, decoded but with its escapes, and a modifier or null.</param>
internal sealed record FhirParameter(string Name, IReadOnlyList<string> Modifiers, PatientCondition Present, Func<string, string?, PatientCondition> Match)
{
    private const string Missing = "missing";
    private const string Negation = "not";

    /// <summary>The properties by which an answer is sorted when it is sorted by the parameter.</summary>
    public IReadOnlyList<string> SortBy { get; init; } = [];

    /// <summary>The condition of a parameter with its values.</summary>
    /// <param name="modifier">The modifier, or null.</param>
    /// <param name="values">What stands behind the equals sign, decoded.</param>
    /// <returns>The condition.</returns>
    public PatientCondition Condition(string? modifier, string values)
    {
        if (modifier == Missing)
        {
            return values switch
            {
                "true" => new Not(Present),
                "false" => Present,
                _ => throw FhirErrors.Value($"{Name}:{Missing}", values, "Write true or false."),
            };
        }

        if (modifier is not null && !Modifiers.Contains(modifier, StringComparer.Ordinal))
        {
            throw FhirErrors.Modifier(Name, modifier, [.. Modifiers, Missing]);
        }

        var parts = FhirText.Split(values, ',');
        if (parts.Contains("", StringComparer.Ordinal))
        {
            throw FhirErrors.Value(Name, values, "A value is missing.");
        }

        List<PatientCondition> alternatives = [.. parts.Select(part => Match(part, modifier == Negation ? null : modifier))];
        var any = alternatives is [var only] ? only : new AnyOf(alternatives);
        return modifier == Negation ? new Not(any) : any;
    }
}

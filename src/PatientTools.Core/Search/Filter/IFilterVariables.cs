namespace PatientTools.Search.Filter;

/// <summary>The variables that a filter may name. They are read; nothing is ever run for them.</summary>
public interface IFilterVariables
{
    /// <summary>Reads a variable.</summary>
    /// <param name="name">The name without <c>$</c> and braces, with its scope as it was written: <c>city</c>, <c>script:city</c>, <c>env:CITY</c>.</param>
    /// <param name="members">The members to go along from its value, often none.</param>
    /// <param name="value">
    /// The plain value: text, number, date, true or false, null, or a collection of such values; wrappers taken off.
    /// </param>
    /// <returns>Whether there is such a variable with such members.</returns>
    bool TryGet(string name, IReadOnlyList<string> members, out object? value);
}

namespace PatientTools.Search.Conditions;

/// <summary>A comparison of truth values.</summary>
internal sealed class FlagComparison : ValueComparison
{
    private readonly bool _holdsForTrue;
    private readonly bool _holdsForFalse;

    private FlagComparison(bool holdsForTrue, bool holdsForFalse, bool orMissing) =>
        (_holdsForTrue, _holdsForFalse, HoldsForMissing) = (holdsForTrue, holdsForFalse, orMissing);

    /// <summary>The value is one of some.</summary>
    internal static FlagComparison EqualToAny(IEnumerable<bool> flags, bool orMissing)
    {
        HashSet<bool> set = [.. flags];
        return new(set.Contains(true), set.Contains(false), orMissing);
    }

    internal override bool Holds(object value) => (bool)value ? _holdsForTrue : _holdsForFalse;
}

/// <summary>A comparison of what may be text, a number or a truth value: the value's own type says how, as in PowerShell.</summary>
internal sealed class AnyTypeComparison : ValueComparison
{
    private readonly TextComparison _text;
    private readonly NumberComparison? _number;
    private readonly FlagComparison? _flag;

    internal AnyTypeComparison(TextComparison text, NumberComparison? number, FlagComparison? flag) =>
        (_text, _number, _flag, HoldsForMissing) = (text, number, flag, text.HoldsForMissing);

    internal override bool Holds(object value) => value switch
    {
        string => _text.Holds(value),
        bool => _flag is not null && _flag.Holds(value),
        _ => _number is not null && _number.Holds(value),
    };
}

/// <summary>A comparison of text with what a value looks like when it is written.</summary>
internal sealed class WrittenComparison : ValueComparison
{
    private readonly TextComparison _text;

    internal WrittenComparison(TextComparison text) => (_text, HoldsForMissing) = (text, text.HoldsForMissing);

    internal override bool Holds(object value) => _text.Holds((object)AskedComparison.TextOf(value)!);
}

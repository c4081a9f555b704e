using System.Collections;
using System.Globalization;
using PatientTools.Patients;

namespace PatientTools.Search.Filter;

/// <summary>Values of a filter: what is written in it, and what its variables hold.</summary>
internal sealed class FilterValues(string filter, IFilterVariables? variables)
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>The value of quoted text.</summary>
    public string Text(FilterToken token)
    {
        var place = token.Place;
        if (token.IsUnfinished)
        {
            throw Error("FilterSyntax", "The quote is not closed.", new(place.Start, place.Start + 1));
        }

        return FilterText.Read(filter[place.Start..place.End], (name, part) => Expand(name, new(place.Start + part.Start, place.Start + part.End)), out var invalid)
            ?? throw Error("FilterSyntax", "The escape cannot be read. A code point is written `u{1F600}, a plain backtick twice.", new(place.Start + invalid.Start, place.Start + invalid.End));
    }

    /// <summary>What a variable holds.</summary>
    public FilterOperand Variable(FilterToken token)
    {
        var value = token.Members.Count == 0 && TryConstant(token.Name!, out var constant)
            ? constant
            : Look(token.Name!, token.Members, token.Place);
        return value is IEnumerable list and not (string or IDictionary)
            ? new(token.Place) { Values = List(list, token.Place), IsList = true }
            : new(token.Place) { Values = [Single(value, token.Place)] };
    }

    private static bool TryConstant(string name, out object? value)
    {
        var isTrue = name.Equals("true", StringComparison.OrdinalIgnoreCase);
        var isNull = name.Equals("null", StringComparison.OrdinalIgnoreCase);
        value = isNull ? null : isTrue;
        return isNull || isTrue || name.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    private object? Look(string name, IReadOnlyList<string> members, FilterPlace place)
    {
        if (variables is not null && variables.TryGet(name, members, out var value))
        {
            return value;
        }

        var shown = FilterExcerpt.Shorten(string.Join('.', [name, .. members]));
        throw Error(
            "FilterUnknownVariable",
            members.Count > 0 && variables is not null && variables.TryGet(name, [], out _)
                ? $"${shown} cannot be read: ${FilterExcerpt.Shorten(name)} has no such member, or it would have to be run. Put the value into a variable first."
                : $"There is no variable ${shown}. Set it first.",
            place);
    }

    private List<object?> List(IEnumerable values, FilterPlace place)
    {
        var list = new List<object?>();
        foreach (var value in values)
        {
            if (list.Count == PatientFilter.LongestList)
            {
                throw TooMany(place);
            }

            list.Add(Single(value, place));
        }

        return list;
    }

    /// <summary>The error for a list that is too long.</summary>
    public FilterException TooMany(FilterPlace place) => Error(
        "FilterTooLong", string.Create(CultureInfo.InvariantCulture, $"A list may have {PatientFilter.LongestList} values. Ask several times with a part of them each."), place);

    private object? Single(object? value, FilterPlace place) => value switch
    {
        string text when HasLoneSurrogate(text) => throw Error("FilterValueInvalid", "The text holds half a character (a surrogate without its partner).", place),
        null or string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or decimal or double
            or DateTime or DateTimeOffset or DateOnly or PartialDate or Guid or PatientId => value,
        float number => (double)number,
        char character => Single(character.ToString(), place),
        Enum name => name.ToString(),
        _ => throw Error("FilterValueInvalid", $"A value of the type {value.GetType().Name} cannot be compared. Use text, a number, a date, true or false, or an array of these; store a computed list first: $stored = @($list).", place),
    };

    /// <summary>Dates become text that a filter reads back; all else as PowerShell expands it, without culture.</summary>
    private string Expand(string name, FilterPlace place)
    {
        if (FilterLexer.IsPatient(name))
        {
            throw Error("FilterNotAllowed", "Properties of the patient cannot stand in a value.", place);
        }

        var operand = Variable(new(FilterTokenKind.Variable, place) { Name = name, Members = [] });
        return string.Join(' ', operand.Values!.Select(value => value switch
        {
            null => "",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString(Iso, CultureInfo.InvariantCulture),
            DateTimeOffset time => time.ToString(Iso, CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        }));
    }

    /// <summary>Whether text has half a surrogate pair.</summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<char> text) => IndexOfLoneSurrogate(text) >= 0;

    /// <summary>Where the first half of a surrogate pair without its partner stands; -1 when there is none.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    private FilterException Error(string id, string problem, FilterPlace place) => new(id, problem, filter, place);
}

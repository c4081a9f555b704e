using System.Globalization;
using System.Management.Automation;
using PatientTools.Search;

namespace PatientTools.Output;

/// <summary>Makes objects of what was counted, with a property for each thing that was counted by.</summary>
public static class Measures
{
    /// <summary>How the numbers of missing values are shown: only those there are.</summary>
    /// <param name="missing">The object with a number for each property.</param>
    /// <returns>The text.</returns>
    public static string Text(PSObject missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        return string.Join(", ", from property in missing.Properties
                                 where property.Value is > 0L
                                 select string.Create(CultureInfo.InvariantCulture, $"{property.Name} {property.Value:N0}"));
    }

    internal static PSObject Of(PatientGroup group)
    {
        var result = Named<PatientGroup>([new(nameof(group.Count), group.Count)]);
        foreach (var (name, value) in group.Values)
        {
            result.Properties.Add(new PSNoteProperty(name, value));
        }

        return result;
    }

    internal static PSObject Of(PatientFigures figures)
    {
        var missing = Named<PatientFigures>(figures.Missing.Select(each => KeyValuePair.Create<string, object?>(each.Key, each.Value)), ".Missing");
        missing.Methods.Add(new PSCodeMethod(nameof(ToString), typeof(Measures).GetMethod(nameof(Text))!));
        return Named<PatientFigures>(
        [
            new(nameof(figures.Count), figures.Count),
            new(nameof(figures.MinimumAge), figures.MinimumAge),
            new(nameof(figures.MaximumAge), figures.MaximumAge),
            new(nameof(figures.AverageAge), figures.AverageAge),
            new(nameof(figures.UnknownAge), figures.UnknownAge),
            new(nameof(figures.Missing), missing),
        ]);
    }

    private static PSObject Named<T>(IEnumerable<KeyValuePair<string, object?>> values, string part = "")
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, typeof(T).FullName + part);
        foreach (var (name, value) in values)
        {
            result.Properties.Add(new PSNoteProperty(name, value));
        }

        return result;
    }
}

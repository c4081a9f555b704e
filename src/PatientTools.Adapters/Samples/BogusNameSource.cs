using Bogus;
using Bogus.Bson;
using PatientTools.Synthesis;

namespace PatientTools.Adapters.Samples;

/// <summary>The German lists of Bogus: surnames, given names, streets.</summary>
public sealed class BogusNameSource : ISampleNameSource
{
    private const int ShortestName = 3;

    /// <summary>Reads the lists.</summary>
    public BogusNameSource()
    {
        Surnames = Read("name", "last_name");
        MaleGivenNames = Read("name", "male_first_name");
        FemaleGivenNames = Read("name", "female_first_name");
        Streets = Read("address", "street_root");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Surnames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> MaleGivenNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FemaleGivenNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Streets { get; }

    /// <summary>Leaves out names of two letters: initials that slipped into the list.</summary>
    private static string[] Read(string category, string key)
    {
        var list = (BArray)Database.Get(category, key, "de");
        var names = new List<string>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            names.Add(list[i].StringValue.Trim());
        }

        return [.. names.Where(name => name.Length >= ShortestName).Distinct(StringComparer.Ordinal)];
    }
}

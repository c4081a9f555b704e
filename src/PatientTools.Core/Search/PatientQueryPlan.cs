using System.Globalization;

namespace PatientTools.Search;

/// <summary>How a question was answered.</summary>
/// <param name="Steps">What was read, in order.</param>
/// <param name="Order">How the answer was put in order.</param>
/// <param name="ReadsDocuments">Whether documents had to be read one by one, because no index answers.</param>
/// <param name="Total">How many patients the answer has.</param>
/// <param name="Duration">How long it took, without reading the patients.</param>
public sealed record PatientQueryPlan(IReadOnlyList<QueryStep> Steps, string Order, bool ReadsDocuments, long Total, TimeSpan Duration)
{
    /// <summary>The plan in one sentence.</summary>
    /// <returns>As a person says it: <c>12,345 patients in 27.1 ms, ordered by FamilyName, from the index alone</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Total:N0} patients in {Duration.TotalMilliseconds:N1} ms, ordered by {Order}, {(ReadsDocuments ? "with documents read one by one" : "from the index alone")}");
}

/// <summary>One step of a plan.</summary>
/// <param name="Depth">How deep it is nested, from 0.</param>
/// <param name="Condition">What was asked, without values.</param>
/// <param name="Index">Which index answered.</param>
/// <param name="Terms">How many of its rows were read.</param>
/// <param name="Patients">How many patients it found; null for everybody, whom nobody counted.</param>
/// <param name="Duration">How long it took.</param>
public sealed record QueryStep(int Depth, string Condition, string Index, long Terms, long? Patients, TimeSpan Duration)
{
    /// <summary>What was asked, moved to the right by its depth.</summary>
    public string Outline => new string(' ', Depth * 2) + Condition;

    /// <summary>The step in one line.</summary>
    /// <returns>How many patients, what was asked, which index answered.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Patients is { } count ? count.ToString("N0", CultureInfo.InvariantCulture) : "all"),11}  {Outline}{(Index.Length > 0 ? $"  [{Index}: {Terms:N0} rows]" : "")}");
}

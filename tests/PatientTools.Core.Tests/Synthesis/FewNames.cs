using PatientTools.Synthesis;

namespace PatientTools.Core.Tests.Synthesis;

/// <summary>A source of a handful of names: all others are Core's own.</summary>
internal sealed class FewNames : ISampleNameSource
{
    public static FewNames Instance { get; } = new();

    public IReadOnlyList<string> Surnames { get; } = ["Abel", "Zöller", "Weißenborn"];

    public IReadOnlyList<string> MaleGivenNames { get; } = ["Aaron", "Björn"];

    public IReadOnlyList<string> FemaleGivenNames { get; } = ["Zoé", "Aurelia"];

    public IReadOnlyList<string> Streets { get; } = ["Ahornweg", "Am Alten Gaswerk"];
}

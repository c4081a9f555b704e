namespace PatientTools.Synthesis;

/// <summary>Lists of names that a library brings; what is frequent, and what the lists lack, Core knows itself.</summary>
public interface ISampleNameSource
{
    /// <summary>German surnames, each once, in an order that never changes.</summary>
    IReadOnlyList<string> Surnames { get; }

    /// <summary>Given names of men, each once, in an order that never changes.</summary>
    IReadOnlyList<string> MaleGivenNames { get; }

    /// <summary>Given names of women, each once, in an order that never changes.</summary>
    IReadOnlyList<string> FemaleGivenNames { get; }

    /// <summary>Names of streets without house numbers, each once, in an order that never changes.</summary>
    IReadOnlyList<string> Streets { get; }
}

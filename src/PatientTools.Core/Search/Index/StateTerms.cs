namespace PatientTools.Search.Index;

/// <summary>The terms of <see cref="SearchEntryKind.State"/>.</summary>
public static class StateTerms
{
    /// <summary>The patient is not removed.</summary>
    public const string Living = "living";

    /// <summary>The patient is removed.</summary>
    public const string Removed = "removed";

    /// <summary>The term of a patient.</summary>
    /// <param name="isRemoved">Whether it is removed.</param>
    /// <returns>The term.</returns>
    public static string Of(bool isRemoved) => isRemoved ? Removed : Living;
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace PatientTools.Validation;

/// <summary>How patients are checked.</summary>
public sealed record ValidationOptions
{
    /// <summary>How many patients are checked at once, from 1 (the caller's own thread, one after the other); by default one for each processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How long the rules may take for one patient, more than zero; 30 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The language in which is told; by default that of the current UI culture.</summary>
    public ResultLanguage Language { get; init; } = LocalText.LanguageOf(CultureInfo.CurrentUICulture);

    /// <summary>The day on which is checked, to which ages and the future are told.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(DateTime.Now);

    /// <summary>The store whose patients each one is compared with; null compares with none.</summary>
    public Storage.PatientStoreSession? CompareWith { get; init; }

    /// <summary>Whether results keep what was checked, for rules that are run on the pipeline's thread.</summary>
    public bool KeepsInput { get; init; }

    /// <summary>What a result keeps of a patient.</summary>
    internal StrongBox<PatientInput>? Keep(in PatientInput patient) => KeepsInput ? new StrongBox<PatientInput>(patient) : null;
}

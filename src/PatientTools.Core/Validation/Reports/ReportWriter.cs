namespace PatientTools.Validation.Reports;

/// <summary>Writes results in a format.</summary>
internal abstract class ReportWriter
{
    /// <summary>Writes a result.</summary>
    public abstract void Write(PatientValidationResult result);

    /// <summary>Writes what comes behind the last result, and all that waits.</summary>
    public abstract void End();
}

namespace PatientTools.Validation.Runs;

/// <summary>What checks one patient at a time for one worker: a <see cref="PatientValidator"/>, or in tests something simpler.</summary>
internal interface IPatientCheck
{
    /// <summary>The rule that is being checked; null between two patients. May be asked from any thread.</summary>
    PatientRule? Current { get; }

    /// <summary>Checks a patient.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    PatientValidationResult Validate(in PatientInput patient, CancellationToken cancellation = default);

    /// <summary>What is known of a patient whose check was stopped because it took too long.</summary>
    /// <param name="patient">The patient.</param>
    /// <returns>What was found until then, and that the time was over.</returns>
    PatientValidationResult TimedOut(in PatientInput patient);
}

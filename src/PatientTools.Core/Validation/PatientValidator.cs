namespace PatientTools.Validation;

/// <summary>Checks patients, one after the other. Belongs to one thread; <see cref="Runs.ValidationRun"/> uses many.</summary>
public sealed class PatientValidator
{
    /// <summary>Makes one.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How is checked.</param>
    public PatientValidator(RuleSet rules, ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        throw new NotSupportedException();
    }

    /// <summary>Checks a patient by itself, without a look at others.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="cancellation">Given to the rules, which stop.</param>
    /// <returns>What was found; an exception in a rule is an issue.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public PatientValidationResult Validate(in PatientInput patient, CancellationToken cancellation = default) => throw new NotSupportedException();
}

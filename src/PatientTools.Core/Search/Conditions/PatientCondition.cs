using PatientTools.Search.Index;

namespace PatientTools.Search.Conditions;

/// <summary>
/// A condition on a patient. It has one meaning and two ways to compute it: from the index of a store, or of one patient in
/// memory.
/// </summary>
public abstract record PatientCondition
{
    /// <summary>Whether a patient meets the condition.</summary>
    /// <param name="subject">The patient.</param>
    /// <returns>True or false, nothing in between: what is unknown meets no comparison.</returns>
    public abstract bool IsMetBy(PatientSubject subject);

    /// <summary>How the index answers the condition for all patients at once.</summary>
    /// <param name="today">The day for which ages are told, fixed once per call.</param>
    /// <returns>The question to the index.</returns>
    public abstract IndexQuery ToIndexQuery(DateOnly today);

    /// <summary>What is asked, without a value: what the audit trail may tell.</summary>
    internal abstract string Shape();

    /// <summary>The conditions it is made of; none where it is not made of others.</summary>
    internal virtual IReadOnlyList<PatientCondition> Parts => [];
}

/// <summary>Every one of several conditions; of none, everybody.</summary>
/// <param name="Conditions">The conditions.</param>
public sealed record AllOf(IReadOnlyList<PatientCondition> Conditions) : PatientCondition
{
    /// <summary>The condition that everybody meets.</summary>
    public static AllOf Nothing { get; } = new([]);

    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => Conditions.All(condition => condition.IsMetBy(subject));

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) => new IntersectionQuery([.. Conditions.Select(condition => condition.ToIndexQuery(today))]);

    internal override IReadOnlyList<PatientCondition> Parts => Conditions;

    internal override string Shape() => Conditions.Count == 0 ? "everybody" : $"({string.Join(" and ", Conditions.Select(condition => condition.Shape()))})";
}

/// <summary>At least one of several conditions; of none, nobody.</summary>
/// <param name="Conditions">The conditions.</param>
public sealed record AnyOf(IReadOnlyList<PatientCondition> Conditions) : PatientCondition
{
    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => Conditions.Any(condition => condition.IsMetBy(subject));

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) => new UnionQuery([.. Conditions.Select(condition => condition.ToIndexQuery(today))]);

    internal override IReadOnlyList<PatientCondition> Parts => Conditions;

    internal override string Shape() => Conditions.Count == 0 ? "nobody" : $"({string.Join(" or ", Conditions.Select(condition => condition.Shape()))})";
}

/// <summary>The contrary of a condition.</summary>
/// <param name="Condition">The condition.</param>
public sealed record Not(PatientCondition Condition) : PatientCondition
{
    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => !Condition.IsMetBy(subject);

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today) => new ComplementQuery(Condition.ToIndexQuery(today));

    internal override IReadOnlyList<PatientCondition> Parts => [Condition];

    internal override string Shape() => Condition.Shape() is ['(', ..] nested ? $"not {nested}" : $"not ({Condition.Shape()})";
}

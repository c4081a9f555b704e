using PatientTools.Search.Conditions;
using PatientTools.Search.Index;

namespace PatientTools.Search.Filter;

/// <summary>Exactly one of two conditions.</summary>
/// <param name="Left">The one.</param>
/// <param name="Right">The other.</param>
public sealed record ExclusiveOr(PatientCondition Left, PatientCondition Right) : PatientCondition
{
    /// <inheritdoc/>
    public override bool IsMetBy(PatientSubject subject) => Left.IsMetBy(subject) ^ Right.IsMetBy(subject);

    /// <inheritdoc/>
    public override IndexQuery ToIndexQuery(DateOnly today)
    {
        var left = Left.ToIndexQuery(today);
        var right = Right.ToIndexQuery(today);
        return new IntersectionQuery([new UnionQuery([left, right]), new ComplementQuery(new IntersectionQuery([left, right]))]);
    }

    internal override IReadOnlyList<PatientCondition> Parts => [Left, Right];

    internal override string Shape() => $"({Left.Shape()} xor {Right.Shape()})";
}

using System.Diagnostics;

namespace PatientTools.Search.Index;

/// <summary>Writes down what a search does, for those who ask; costs nothing for the others.</summary>
internal class QueryRecorder
{
    /// <summary>Writes nothing down.</summary>
    public static QueryRecorder None { get; } = new();

    public virtual int Begin(IndexQuery query, int depth) => 0;

    /// <summary>Counts rows of an index that were read for the step begun last.</summary>
    public virtual void Count(long rows)
    {
    }

    public virtual void End(int step, KeySet? found)
    {
    }

    /// <summary>Writes everything down.</summary>
    public sealed class Plan : QueryRecorder
    {
        private readonly List<(QueryStep Step, long Started)> _steps = [];
        private readonly Stack<int> _open = [];

        public IReadOnlyList<QueryStep> Steps => [.. _steps.Select(step => step.Step)];

        public override int Begin(IndexQuery query, int depth)
        {
            var (condition, index) = Describe(query);
            _steps.Add((new QueryStep(depth, condition, index, 0, 0, TimeSpan.Zero), Stopwatch.GetTimestamp()));
            _open.Push(_steps.Count - 1);
            return _steps.Count - 1;
        }

        public override void Count(long rows)
        {
            if (_open.TryPeek(out var open))
            {
                _steps[open] = (_steps[open].Step with { Terms = _steps[open].Step.Terms + rows }, _steps[open].Started);
            }
        }

        public override void End(int step, KeySet? found)
        {
            _open.Pop();
            var (begun, started) = _steps[step];
            _steps[step] = (begun with { Patients = found?.Count(), Duration = Stopwatch.GetElapsedTime(started) }, started);
        }

        private static (string Condition, string Index) Describe(IndexQuery query) => query switch
        {
            EntryQuery entries => (entries.Description, string.Join(", ", entries.Kinds) + (entries.Range.To is null && entries.Range.From.IsEmpty ? " (all terms)" : " (range)") + (entries.Test is null ? "" : ", each tested")),
            BirthQuery birth => (birth.Description, ""),
            NumberQuery numbers => (numbers.Description, $"{numbers.Column} (range)"),
            IdScanQuery ids => (ids.Description, $"{ids.Column} (all), each tested"),
            IdQuery => ("Id", "Id"),
            ScanQuery scan => (scan.Description, "none: documents are read"),
            IntersectionQuery { Queries: [] } => ("everybody", ""),
            IntersectionQuery => ("all of", ""),
            UnionQuery => ("any of", ""),
            _ => ("not", ""),
        };
    }
}

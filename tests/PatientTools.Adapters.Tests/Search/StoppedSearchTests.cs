using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Search;

/// <summary>A search is stopped by a person who does not want to wait.</summary>
public sealed class StoppedSearchTests
{
    [Fact]
    public void No_further_document_is_held_against_the_condition_when_the_search_is_stopped()
    {
        using var place = new TemporaryStore(create: false);
        using var session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), place.Path, new StoreOptions());
        session.Writer().Apply([.. Enumerable.Range(0, 50).Select(_ => new AddPatient(PatientDocument.Parse("""{"resourceType":"Patient"}"""), DrawMrn: false))]);
        using var stop = new CancellationTokenSource();
        var condition = new StoppingCondition(stop, 7);

        Assert.Throws<OperationCanceledException>(() => session.Search().Count(new PatientQuery { Where = condition }, stop.Token));
        Assert.Equal(7, condition.Asked);
    }

    /// <summary>Answered by documents only; the search is stopped while it is asked for the last time.</summary>
    private sealed record StoppingCondition(CancellationTokenSource Stop, int Last) : PatientCondition
    {
        public int Asked { get; private set; }

        public override bool IsMetBy(PatientSubject subject)
        {
            if (++Asked == Last)
            {
                Stop.Cancel();
            }

            return true;
        }

        internal override string Shape() => "stopping";

        public override IndexQuery ToIndexQuery(DateOnly today) => new ScanQuery(this, "stopping");
    }
}

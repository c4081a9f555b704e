using System.Collections.Concurrent;
using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Core.Tests.Validation.Runs;

public class ValidationRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IPatientSource Lines(int count) =>
        PatientSources.FromText(string.Concat(Enumerable.Range(1, count).Select(i => $"{{\"resourceType\":\"Patient\",\"id\":\"{i}\"}}\n")), new ImportOptions { Format = ImportFormat.Ndjson });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void Results_come_in_order_with_numbers_from_1(int workers)
    {
        using var run = SimpleCheck.Run(workers, (patient, _) => Thread.SpinWait((int)(patient.Place.Line % 7) * 200));
        var results = run.Read(Lines(20_000), Token).ToList();
        Assert.Equal(Enumerable.Range(1, 20_000).Select(i => (long)i), results.Select(result => result.Number));
        Assert.Equal(results.Select(result => result.Number), results.Select(result => result.Line));
        Assert.Equal(20_001, run.Read(Lines(5), Token).First().Number);
    }

    [Fact]
    public void One_worker_and_the_first_three_use_the_callers_thread_alone()
    {
        var threads = new ConcurrentDictionary<int, int>();
        using (var run = SimpleCheck.Run(1, (_, _) => threads.TryAdd(Environment.CurrentManagedThreadId, 0)))
        {
            Assert.Equal(5000, run.Read(Lines(5000), Token).Count());
        }

        using (var run = SimpleCheck.Run(8, (_, _) => threads.TryAdd(Environment.CurrentManagedThreadId, 0)))
        {
            for (var i = 1; i <= 3; i++)
            {
                Assert.Equal(i, Assert.Single(run.Add(SimpleCheck.Patient(i), Token)).Line);
            }
        }

        Assert.Equal([Environment.CurrentManagedThreadId], threads.Keys);
    }

    [Fact]
    public void Several_workers_share_the_work()
    {
        // Two that are shared out have to meet: one alone would wait for ever, were it not for the limit, which fails the test.
        var (meeting, met) = (new Barrier(2), 0);
        using var run = SimpleCheck.Run(2, (patient, cancellation) =>
        {
            if (patient.Place.Line is 9 or 12 && meeting.SignalAndWait(TimeSpan.FromSeconds(60), cancellation))
            {
                Interlocked.Increment(ref met);
            }
        });
        for (var i = 1; i <= 12; i++)
        {
            run.Add(SimpleCheck.Patient(i), Token);
        }

        run.Complete(Token);
        Assert.Equal(2, met);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Whoever_stops_early_leaves_nothing_running(int workers)
    {
        var (running, begun) = (0, 0);
        using var run = SimpleCheck.Run(workers, (_, _) =>
        {
            Interlocked.Increment(ref running);
            Interlocked.Increment(ref begun);
            Thread.SpinWait(2000);
            Interlocked.Decrement(ref running);
        });
        foreach (var result in run.Read(Lines(100_000), Token).Take(700))
        {
            Assert.True(result.IsValid);
        }

        Assert.Equal(0, Volatile.Read(ref running));
        var before = Volatile.Read(ref begun);
        Assert.InRange(before, 700, 99_999);
        Thread.SpinWait(1_000_000);
        Assert.Equal(before, Volatile.Read(ref begun));
    }

    [Fact]
    public async Task Cancelling_stops_a_rule_that_waits()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = new TaskCompletionSource();
        using var run = SimpleCheck.Run(2, (patient, cancellation) =>
        {
            if (patient.Place.Line == 1500)
            {
                waiting.SetResult();
                cancellation.WaitHandle.WaitOne();
                cancellation.ThrowIfCancellationRequested();
            }
        });
        var reading = Task.Run(() => run.Read(Lines(5000), stop.Token).Count(), Token);
        await waiting.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public void A_slow_pipe_gets_each_result_in_the_call_in_which_its_object_came()
    {
        var clock = new StandingClock();
        using var run = SimpleCheck.Run(4, time: clock);
        for (var i = 1; i <= 200; i++)
        {
            clock.Pass(TimeSpan.FromMilliseconds(5));
            Assert.Equal(i, Assert.Single(run.Add(SimpleCheck.Patient(i), Token)).Line);
        }

        Assert.Empty(run.Complete(Token));
    }

    [Fact]
    public void After_a_rush_the_first_slow_object_brings_all_that_waits()
    {
        var clock = new StandingClock();
        using var run = SimpleCheck.Run(4, time: clock);
        var results = new List<PatientValidationResult>();
        for (var i = 1; i <= 1000; i++)
        {
            results.AddRange(run.Add(SimpleCheck.Patient(i), Token));
        }

        Assert.InRange(results.Count, 3, 999);
        clock.Pass(TimeSpan.FromSeconds(2));
        results.AddRange(run.Add(SimpleCheck.Patient(1001), Token));
        Assert.Equal(Enumerable.Range(1, 1001).Select(i => (long)i), results.Select(result => result.Line));
    }

    [Fact]
    public void What_the_cmdlets_behind_take_for_the_results_makes_no_pipe_slow()
    {
        var clock = new StandingClock();
        using var run = SimpleCheck.Run(4, time: clock);
        var largest = 0;
        for (var i = 1; i <= 5000; i++)
        {
            var results = run.Add(SimpleCheck.Patient(i), Token);
            largest = Math.Max(largest, results.Count);
            clock.Pass(TimeSpan.FromMilliseconds(0.9 * results.Count));
        }

        Assert.InRange(largest, 256, 5000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_validator_that_fails_costs_its_patient_alone(int workers)
    {
        using var run = new ValidationRun(
            RuleSet.Default,
            SimpleCheck.Options(workers),
            () => new SimpleCheck(static (patient, _) => FailAt(patient)),
            TimeProvider.System);
        var results = run.Read(Lines(1000), Token).ToList();
        Assert.Equal(1000, results.Count);
        foreach (var result in results)
        {
            Assert.Equal(result.Line % 100 == 7 ? "RuleFailed" : null, result.Issues.SingleOrDefault()?.RuleId);
        }

        Assert.Contains("InvalidTimeZoneException", results[6].Issues[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_no_patients_are_results_with_their_places()
    {
        const string text = """
            {"resourceType":"Patient","id":"a","name":[{"family":"Meier"}]}

            {"resourceType":"Patient","id":"b","na
            {"resourceType":"Patient","id":"c","id":"d"}
            {"resourceType":"Observation"}
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"e"}},{"resource":{"resourceType":"Patient","id":"f"}}]}
            {"resourceType":"Patient","id":"g","record":[{"resourceType":"Condition","id":"k"}],"legacy":{"x":1}}
            {"resourceType":"Patient","id":"h","record":7}
            {"resourceType":"Bundle","type":"history","entry":[]}
            """;
        using var run = new ValidationRun(RuleSet.Default, SimpleCheck.Options(2));
        var results = run.Read(PatientSources.FromText(text, new ImportOptions { Format = ImportFormat.Ndjson }), Token).ToList();
        Assert.Equal(
            ["1.0 a", "3.0 JsonSyntax", "4.0 JsonDuplicateMember", "5.0 NotAPatient", "6.1 e", "6.2 f", "7.0 g", "8.0 SourceContent", "9.0 SourceContent"],
            results.Select(result => $"{result.Line}.{result.Source.Entry} {result.FhirId ?? result.Issues.Single(issue => issue.Severity == IssueSeverity.Fatal).RuleId}"));
    }

    [Fact]
    public void Second_occurrences_name_the_first()
    {
        static string Patient(string id, string mrn, string kvnr) =>
            $$$"""{"resourceType":"Patient","id":"{{{id}}}","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:h","value":"{{{mrn}}}"},{"system":"http://fhir.de/sid/gkv/kvid-10","value":"{{{kvnr}}}"}]}""" + "\n";
        var text = Patient("a", "1", "A123456780") + Patient("b", "2", "B234567895") + Patient("c", "1", "C345678908") + Patient("b", "4", "A123456780");
        using var run = new ValidationRun(RuleSet.Choose(["Duplicate*"]), SimpleCheck.Options(2));
        var results = run.Read(PatientSources.FromText(text), Token).ToList();
        Assert.Equal([0, 0, 1, 2], results.Select(result => result.Issues.Count));
        Assert.Equal("DuplicateMrn Patient.identifier[0].value 1 no. 1 of the batch (text, line 1)", Told(results[2].Issues[0]));
        Assert.Equal("DuplicateId Patient.id b no. 2 of the batch (text, line 2)", Told(results[3].Issues[0]));
        Assert.Equal("DuplicateKvnr Patient.identifier[1].value A123456780 no. 1 of the batch (text, line 1)", Told(results[3].Issues[1]));
        Assert.False(results[2].IsValid);
        static string Told(ValidationIssue issue) => $"{issue.RuleId} {issue.Path} {issue.Value} {issue.Message[(issue.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..^1]}";
    }

    [Fact]
    public void What_is_no_patient_takes_no_patients_id()
    {
        const string Text = """
            {"resourceType":"Observation","id":"a"}
            {"id":"a"}
            {"resourceType":"Patient","id":"a"}
            """;
        using var run = new ValidationRun(RuleSet.Choose(["Duplicate*"]), SimpleCheck.Options(2));
        Assert.Equal(["NotAPatient", "NotAPatient"], run.Read(PatientSources.FromText(Text), Token).SelectMany(result => result.Issues).Select(issue => issue.RuleId));
    }

    private static void FailAt(PatientInput patient)
    {
        if (patient.Place.Line % 100 == 7)
        {
            throw new InvalidTimeZoneException("no zone");
        }
    }
}

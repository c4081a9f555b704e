using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Content;
using PatientTools.Validation.Runs;

namespace PatientTools.Core.Tests.Validation.Runs;

public class TimeoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ValidationOptions Options(int workers) => SimpleCheck.Options(workers) with { Timeout = TimeSpan.FromMilliseconds(60) };

    private static PatientInput Patient(long line) => new()
    {
        Place = new SourcePlace("pipeline", line),
        Document = System.Text.Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","id":"p{{line}}"}"""),
        Record = [],
    };

    private static List<PatientValidationResult> Check(ValidationRun run, int count)
    {
        var results = new List<PatientValidationResult>();
        for (var i = 1; i <= count; i++)
        {
            results.AddRange(run.Add(Patient(i), Token));
        }

        results.AddRange(run.Complete(Token));
        return results;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_rule_that_heeds_the_token_costs_its_patient_alone_and_what_was_found_stays(int workers)
    {
        var rules = RuleSet.Choose(["First", "Waits", "Rule*"], own: [new FirstRule(), new WaitingRule(["p2", "p40", "p41", "p100"])]);
        using var run = new ValidationRun(rules, Options(workers));
        var results = Check(run, 120);
        Assert.Equal(120, results.Count);
        foreach (var result in results)
        {
            Assert.Equal(result.FhirId is "p2" or "p40" or "p41" or "p100" ? ["First", "RuleTimeout"] : ["First"], result.Issues.Select(issue => issue.RuleId));
        }

        var late = results[39].Issues[1];
        Assert.Equal(IssueSeverity.Fatal, late.Severity);
        Assert.Contains("0.06 seconds", late.Message, StringComparison.Ordinal);
        Assert.Contains("Waits", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_heeds_nothing_is_left_alone_and_the_rest_of_its_batch_goes_on()
    {
        using var end = new ManualResetEventSlim();
        var stuck = new CountdownEvent(2);
        var rules = RuleSet.Choose(["First", "Stuck", "Rule*"], own: [new FirstRule(), new StuckRule(["p20", "p70"], end, stuck)]);
        using (var run = new ValidationRun(rules, Options(2)))
        {
            var results = Check(run, 120);
            Assert.Equal(Enumerable.Range(1, 120).Select(i => (long)i), results.Select(result => result.Line));
            foreach (var result in results)
            {
                Assert.Equal(result.Line is 20 or 70 ? "RuleTimeout" : "First", Assert.Single(result.Issues).RuleId);
            }

            Assert.Contains("Stuck", results[19].Issues[0].Message, StringComparison.Ordinal);
        }

        // Both are still at it, on threads that nobody waits for; when they end at last, nothing comes of it.
        Assert.Equal(2, stuck.CurrentCount);
        end.Set();
        Assert.True(stuck.Wait(TimeSpan.FromSeconds(60), Token));
    }

    [Fact]
    public void Whoever_stops_is_not_held_up_by_a_rule_that_heeds_nothing()
    {
        using var end = new ManualResetEventSlim();
        var stuck = new CountdownEvent(1);
        var rules = RuleSet.Choose(["Stuck"], own: [new StuckRule(["p20"], end, stuck)]);
        using (var run = new ValidationRun(rules, Options(2)))
        {
            for (var i = 1; i <= 60; i++)
            {
                run.Add(Patient(i), Token);
            }
        }

        end.Set();
    }

    private abstract class TestRule(string id) : ContentRule(id, IssueSeverity.Information, RuleCategory.Own, IssueType.Invalid)
    {
        public override string Example => "";

        public override string Reference => "";

        internal override LocalText About { get; } = new("", "");

        protected static bool IsOneOf(PatientContent patient, string[] ids) => ids.Any(id => patient.Document.Is(patient.FhirId, System.Text.Encoding.UTF8.GetBytes(id)));
    }

    private sealed class FirstRule() : TestRule("First")
    {
        public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation) => issues.AddAt(this, "Patient", null, new LocalText("seen", "gesehen"));
    }

    private sealed class WaitingRule(string[] ids) : TestRule("Waits")
    {
        public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
        {
            if (IsOneOf(patient, ids))
            {
                cancellation.WaitHandle.WaitOne();
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class StuckRule(string[] ids, ManualResetEventSlim end, CountdownEvent stuck) : TestRule("Stuck")
    {
        public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
        {
            if (IsOneOf(patient, ids))
            {
                end.Wait(CancellationToken.None);
                stuck.Signal();
                issues.AddAt(this, "Patient", null, new LocalText("too late", "zu spät"));
            }
        }
    }
}

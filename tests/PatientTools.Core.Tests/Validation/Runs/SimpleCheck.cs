using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Core.Tests.Validation.Runs;

/// <summary>Stands for a validator: tells the patient's line, and does what a test wants.</summary>
internal sealed class SimpleCheck(Action<PatientInput, CancellationToken>? work = null) : IPatientCheck
{
    private int _running;

    public PatientRule? Current => null;

    public static ValidationOptions Options(int workers) => new() { Workers = workers, Today = new(2026, 7, 1), Language = ResultLanguage.English };

    public static PatientInput Patient(long line) => new() { Place = new SourcePlace("pipeline", line), Document = "{}"u8.ToArray(), Record = [] };

    public static ValidationRun Run(int workers, Action<PatientInput, CancellationToken>? work = null, TimeProvider? time = null) =>
        new(RuleSet.Choose(excluded: ["*"]), Options(workers), () => new SimpleCheck(work), time ?? TimeProvider.System);

    public PatientValidationResult Validate(in PatientInput patient, CancellationToken cancellation = default)
    {
        Assert.Equal(1, Interlocked.Increment(ref _running));
        try
        {
            work?.Invoke(patient, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        return new PatientValidationResult { Source = patient.Place };
    }

    public PatientValidationResult TimedOut(in PatientInput patient) => new() { Source = patient.Place, HighestSeverity = IssueSeverity.Fatal };
}

/// <summary>A clock that moves when it is told to.</summary>
internal sealed class StandingClock : TimeProvider
{
    private long _now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);
}

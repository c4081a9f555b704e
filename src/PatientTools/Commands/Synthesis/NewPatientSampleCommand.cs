using System.Management.Automation;
using PatientTools.Hosting;
using PatientTools.Synthesis;

namespace PatientTools.Commands.Synthesis;

/// <summary>Makes invented patients, the same ones for the same seed.</summary>
[Cmdlet(VerbsCommon.New, "PatientSample")]
[OutputType(typeof(PatientSample))]
public sealed class NewPatientSampleCommand : PatientToolsCmdlet
{
    /// <summary>How many.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, long.MaxValue)]
    public long Count { get; set; } = 1;

    /// <summary>The seed; a random one when not given.</summary>
    [Parameter]
    public int Seed { get; set; } = Random.Shared.Next();

    /// <summary>How the patients are called.</summary>
    [Parameter]
    public SampleNameStyle NameStyle { get; set; }

    /// <summary>The share of patients with one planted fault, 0 to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double DefectRate { get; set; }

    /// <summary>The share of patients that are near-duplicates of an earlier one, 0 to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double DuplicateRate { get; set; }

    /// <summary>The day on which the samples are told: nobody is born after it. Fixed, so that a seed makes the same people every day.</summary>
    [Parameter]
    public DateTime ReferenceDate { get; set; } = new(2026, 1, 1);

    /// <summary>Greek names begin with Alpha for a given seed; without one, nobody else in this process gets the same.</summary>
    private long FirstGreekName =>
        NameStyle == SampleNameStyle.Greek && !MyInvocation.BoundParameters.ContainsKey(nameof(Seed)) ? GreekNames.Shared.Reserve(Count) : 0;

    /// <inheritdoc/>
    protected override void End()
    {
        var options = new SampleOptions
        {
            Count = Count,
            Seed = Seed,
            NameStyle = NameStyle,
            FirstGreekName = FirstGreekName,
            DefectRate = DefectRate,
            DuplicateRate = DuplicateRate,
            Today = DateOnly.FromDateTime(ReferenceDate),
        };
        foreach (var sample in PatientSampler.Generate(options, AdapterHost.Catalog.SampleNames, Cancellation))
        {
            WriteObject(sample);
        }
    }
}

namespace PatientTools.Synthesis;

/// <summary>How sample patients are called.</summary>
public enum SampleNameStyle
{
    /// <summary>As people in Germany are.</summary>
    German,

    /// <summary>Family names Alpha to Omega, then Alpha2 and so on: recognisable as invented, and never the same twice.</summary>
    Greek,
}

/// <summary>What samples to make. The same options make the same samples on every machine.</summary>
public sealed record SampleOptions
{
    /// <summary>How many, from 0.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The seed: another one makes other people.</summary>
    public int Seed { get; init; }

    /// <summary>How the patients are called.</summary>
    public SampleNameStyle NameStyle { get; init; }

    /// <summary>
    /// For <see cref="SampleNameStyle.Greek"/>: the place in the row of names, from 0, of the first sample's name. Names
    /// that nobody else in this process has are at <see cref="GreekNames.Reserve"/> of <see cref="GreekNames.Shared"/>.
    /// </summary>
    public long FirstGreekName { get; init; }

    /// <summary>The share of samples with one planted fault, 0 to 1.</summary>
    public double DefectRate { get; init; }

    /// <summary>The share of samples that are near-duplicates of an earlier one, 0 to 1; with <see cref="DefectRate"/> at most 1.</summary>
    public double DuplicateRate { get; init; }

    /// <summary>
    /// The day on which the samples are told: nobody is born and nothing recorded after it. 2024-01-01 to 9900-12-31: what
    /// is recorded lies up to 20 years back, and ICD-10-GM begins with 2004.
    /// </summary>
    public required DateOnly Today { get; init; }

    /// <summary>The most diagnoses a sample has, 0 to 20.</summary>
    public int MaxConditions { get; init; } = 5;

    /// <summary>Whether the samples have a record: insurance and diagnoses.</summary>
    public bool IncludeRecord { get; init; } = true;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="PatientToolsException"><c>InvalidSampleOptions</c> when a value is out of range.</exception>
    internal void Check()
    {
        Require(Count >= 0, "The count is below 0.", Count);
        Require(FirstGreekName >= 0, "The place of the first Greek name is below 0.", FirstGreekName);
        Require(DefectRate is >= 0 and <= 1, "The share of defects is not between 0 and 1.", DefectRate);
        Require(DuplicateRate is >= 0 and <= 1, "The share of duplicates is not between 0 and 1.", DuplicateRate);
        Require(DefectRate + DuplicateRate <= 1, "The shares of defects and duplicates exceed 1 together.", DefectRate + DuplicateRate);
        Require(Today.Year is >= 2024 and <= 9900, "The reference day is not between the years 2024 and 9900.", Today);
        Require(MaxConditions is >= 0 and <= 20, "The number of diagnoses is not between 0 and 20.", MaxConditions);
    }

    private static void Require(bool holds, string message, object value)
    {
        if (!holds)
        {
            throw new PatientToolsException("InvalidSampleOptions", message, ErrorKind.InvalidArgument) { Target = value };
        }
    }
}

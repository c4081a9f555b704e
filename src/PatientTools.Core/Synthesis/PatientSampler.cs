namespace PatientTools.Synthesis;

/// <summary>
/// Makes sample patients. A sample depends on the options and its number alone: the same on every machine, in every
/// culture and thread, whatever was made before.
/// </summary>
public static class PatientSampler
{
    /// <summary>Makes samples 1 to <see cref="SampleOptions.Count"/>, one at a time as they are asked for.</summary>
    /// <param name="options">What to make.</param>
    /// <param name="names">Lists of names.</param>
    /// <param name="cancellation">Stops between two samples.</param>
    /// <returns>The samples in the order of their numbers.</returns>
    /// <exception cref="PatientToolsException"><c>InvalidSampleOptions</c>.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static IEnumerable<PatientSample> Generate(SampleOptions options, ISampleNameSource names, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(names);
        options.Check();
        return Stream(options, new PersonComposer(options, NamePool.Of(names)), cancellation);
    }

    /// <summary>Makes one sample, the same that <see cref="Generate"/> makes at this number.</summary>
    /// <param name="options">What to make; the count does not matter.</param>
    /// <param name="names">Lists of names.</param>
    /// <param name="number">The number, from 1.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="PatientToolsException"><c>InvalidSampleOptions</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static PatientSample Create(SampleOptions options, ISampleNameSource names, long number)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        options.Check();
        return Create(options, new PersonComposer(options, NamePool.Of(names)), number);
    }

    private static IEnumerable<PatientSample> Stream(SampleOptions options, PersonComposer composer, CancellationToken cancellation)
    {
        for (var number = 1L; number <= options.Count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Create(options, composer, number);
        }
    }

    private static PatientSample Create(SampleOptions options, PersonComposer composer, long number) => FateOf(options, number) switch
    {
        Fate.Defective => Defective(options, composer, number),
        Fate.Duplicate => Duplicate(options, composer, number),
        _ => new PatientSample(composer.Compose(number), options, number),
    };

    private static PatientSample Defective(SampleOptions options, PersonComposer composer, long number)
    {
        var random = new SampleRandom(options.Seed, number, SampleStream.Defect);
        var person = composer.Compose(number);
        var defect = DefectPlanter.Plant(person, options, number, ref random);
        return new PatientSample(person, options, number) { Defect = defect };
    }

    private static PatientSample Duplicate(SampleOptions options, PersonComposer composer, long number)
    {
        var random = new SampleRandom(options.Seed, number, SampleStream.Duplicate);
        var original = number;
        do
        {
            original = 1 + random.Below(original - 1);
        }
        while (FateOf(options, original) == Fate.Duplicate);

        var person = composer.Compose(original);
        var originalId = person.Id;
        person.Id = PersonComposer.IdOf(options.Seed, number);
        person.Mrn = PersonComposer.MrnOf(options.Seed, number);
        var changes = new DuplicateChanger(composer, options.Today).Change(person, ref random);
        return new PatientSample(person, options, number) { DuplicateOf = originalId, Changes = changes };
    }

    private static Fate FateOf(SampleOptions options, long number)
    {
        var draw = new SampleRandom(options.Seed, number, SampleStream.Fate).Fraction();
        return draw < options.DefectRate ? Fate.Defective
            : draw < options.DefectRate + options.DuplicateRate && number > 1 ? Fate.Duplicate
            : Fate.Clean;
    }

    private enum Fate
    {
        Clean,
        Defective,
        Duplicate,
    }
}

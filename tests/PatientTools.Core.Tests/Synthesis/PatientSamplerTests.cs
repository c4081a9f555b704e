using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using PatientTools.Patients;
using PatientTools.Synthesis;

namespace PatientTools.Core.Tests.Synthesis;

public class PatientSamplerTests
{
    private static readonly SampleOptions Options = new() { Count = 3000, Seed = 7, Today = new DateOnly(2026, 11, 24) };

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine_and_in_every_version()
    {
        var all = Generate(Options with { Count = 500, DefectRate = 0.2, DuplicateRate = 0.2 });
        Assert.Equal("804157bcc85b113e", Fingerprint(all));
    }

    [Fact]
    public void Another_seed_gives_other_people() =>
        Assert.NotEqual(Fingerprint(Generate(Options with { Count = 50 })), Fingerprint(Generate(Options with { Count = 50, Seed = 8 })));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void The_culture_does_not_matter(string culture)
    {
        var options = Options with { Count = 200, DefectRate = 0.3, DuplicateRate = 0.3 };
        var expected = Fingerprint(Generate(options));
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Under invariant globalization no such culture exists, and the promise holds anyway.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Fingerprint(Generate(options)));
        }
        catch (CultureNotFoundException)
        {
            Assert.Skip("Invariant globalization: there are no other cultures.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_sample_depends_on_its_number_alone()
    {
        var options = Options with { Count = 1000, DefectRate = 0.2, DuplicateRate = 0.3 };
        var inOrder = Generate(options).Select(Text).ToArray();
        var atRandom = new string[options.Count];
        Parallel.For(0, (int)options.Count, i =>
        {
            var at = (int)options.Count - 1 - i;
            atRandom[at] = Text(PatientSampler.Create(options, FewNames.Instance, at + 1));
        });
        Assert.Equal(inOrder, atRandom);
    }

    [Fact]
    public void Planting_faults_changes_nobody_else()
    {
        var clean = Generate(Options).Select(Text).ToArray();
        foreach (var sample in Generate(Options with { DefectRate = 0.1, DuplicateRate = 0.1 }))
        {
            if (sample.Defect is null && sample.DuplicateOf is null)
            {
                Assert.Equal(clean[sample.Number - 1], Text(sample));
            }
        }
    }

    [Fact]
    public void Nobody_has_a_fault_unless_asked_for()
    {
        var kvnrs = new HashSet<string>();
        var mrns = new HashSet<string>();
        foreach (var sample in Generate(Options with { Count = 5000 }))
        {
            Assert.Empty(Faults.Of(sample, Options.Today));
            Assert.Null(sample.Defect);
            Assert.Null(sample.DuplicateOf);
            Assert.True(sample.Kvnr is null || kvnrs.Add(sample.Kvnr), sample.Kvnr);
            Assert.True(mrns.Add(sample.Document.Properties.Mrn!));
        }
    }

    [Fact]
    public void Each_planted_fault_is_there_and_is_the_only_one()
    {
        var seen = new HashSet<SampleDefect>();
        foreach (var sample in Generate(Options with { DefectRate = 1 }))
        {
            var defect = Assert.NotNull(sample.Defect);
            Assert.Equal([defect], Faults.Of(sample, Options.Today));
            seen.Add(defect);
        }

        Assert.Equal(Enum.GetValues<SampleDefect>().Order(), seen.Order());
    }

    [Fact]
    public void Without_a_record_no_fault_hides_in_it()
    {
        foreach (var sample in Generate(Options with { DefectRate = 1, IncludeRecord = false }))
        {
            Assert.Empty(sample.Record);
            Assert.Equal([sample.Defect!.Value], Faults.Of(sample, Options.Today));
        }
    }

    [Fact]
    public void Rates_are_kept()
    {
        var all = Generate(Options with { Count = 20_000, IncludeRecord = false, DefectRate = 0.05, DuplicateRate = 0.1 });
        Assert.InRange(all.Count(sample => sample.Defect is not null), 900, 1100);
        Assert.InRange(all.Count(sample => sample.DuplicateOf is not null), 1850, 2150);
        Assert.DoesNotContain(all, sample => sample.Defect is not null && sample.DuplicateOf is not null);
    }

    [Fact]
    public void A_near_duplicate_names_an_earlier_original_and_differs_in_what_it_says()
    {
        var options = Options with { DuplicateRate = 0.4 };
        var all = Generate(options).ToDictionary(sample => sample.Id);
        var seen = new HashSet<SampleChange>();
        foreach (var sample in all.Values.Where(sample => sample.DuplicateOf is not null))
        {
            var original = all[sample.DuplicateOf!];
            Assert.True(original.Number < sample.Number);
            Assert.Null(original.DuplicateOf);
            Assert.NotEqual(original.Document.Properties.Mrn, sample.Document.Properties.Mrn);
            Assert.Equal(Differences(original, sample).Order(), sample.Changes.Order());
            Assert.Empty(Faults.Of(sample, options.Today));
            seen.UnionWith(sample.Changes);
        }

        Assert.Equal(Enum.GetValues<SampleChange>().Order(), seen.Order());
    }

    [Fact]
    public void A_run_of_nothing_but_duplicates_has_one_original()
    {
        var all = Generate(Options with { Count = 50, DuplicateRate = 1 });
        Assert.Null(all[0].DuplicateOf);
        Assert.All(all.Skip(1), sample => Assert.Equal(all[0].Id, sample.DuplicateOf));
    }

    [Fact]
    public void Ages_run_from_babies_to_centenarians_and_the_old_die_more()
    {
        var all = Generate(Options with { Count = 30_000, IncludeRecord = false });
        var ages = all.Select(sample => (Age: sample.BirthDate!.Value.YearsUntil(Options.Today), Dead: sample.Document.Properties.Deceased)).ToArray();
        Assert.Equal(0, ages.Min(person => person.Age));
        Assert.InRange(ages.Max(person => person.Age), 98, 105);
        Assert.InRange(ages.Average(person => person.Age), 40, 48);
        Assert.True(ShareDead(0, 40) < ShareDead(40, 70));
        Assert.True(ShareDead(40, 70) < ShareDead(70, 85));
        Assert.True(ShareDead(70, 85) < ShareDead(85, 106));

        double ShareDead(int from, int to) => ages.Where(person => person.Age >= from && person.Age < to).Average(person => person.Dead ? 1.0 : 0.0);
    }

    [Fact]
    public void Any_day_may_be_today() => Gen.Int[2024, 9900].Select(Gen.Int[1, 365], Gen.Int).Sample(
        (year, day, seed) =>
        {
            var options = Options with { Count = 20, Seed = seed, Today = new DateOnly(year, 1, 1).AddDays(day - 1), DefectRate = 0.2, DuplicateRate = 0.4 };
            foreach (var sample in Generate(options))
            {
                Assert.Equal(sample.Defect is { } defect ? [defect] : [], Faults.Of(sample, options.Today));
            }
        },
        iter: 60);

    [Fact]
    public void Documents_are_compact_JSON_that_the_reader_takes_unchanged()
    {
        foreach (var sample in Generate(Options with { Count = 500, DefectRate = 0.5 }))
        {
            Assert.Equal(sample.Document, PatientDocument.Parse(sample.Document.Utf8.Span));
            Assert.Equal(sample.Id, sample.Document.Properties.FhirId);
            Assert.All(sample.Record, resource => Assert.Equal(resource.ToArray(), JsonText.CompactObject(resource.Span)));
        }
    }

    [Fact]
    public void The_payload_is_some_500_bytes()
    {
        var average = Generate(Options with { IncludeRecord = false }).Average(sample => sample.Document.Utf8.Length);
        Assert.InRange(average, 400, 560);
    }

    [Fact]
    public void A_million_samples_stream_one_at_a_time()
    {
        using var samples = PatientSampler.Generate(Options with { Count = long.MaxValue }, FewNames.Instance).GetEnumerator();
        for (var i = 1; i <= 10; i++)
        {
            Assert.True(samples.MoveNext());
            Assert.Equal(i, samples.Current.Number);
        }
    }

    [Fact]
    public void Cancellation_stops_between_two_samples()
    {
        using var source = new CancellationTokenSource();
        using var samples = PatientSampler.Generate(Options, FewNames.Instance, source.Token).GetEnumerator();
        Assert.True(samples.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => samples.MoveNext());
    }

    [Theory]
    [InlineData(-1, 0, 0, 5)]
    [InlineData(1, 1.1, 0, 5)]
    [InlineData(1, 0, -0.1, 5)]
    [InlineData(1, 0.6, 0.6, 5)]
    [InlineData(1, double.NaN, 0, 5)]
    [InlineData(1, 0, 0, 21)]
    public void Options_out_of_range_are_refused_before_the_first_sample(long count, double defects, double duplicates, int conditions)
    {
        var options = Options with { Count = count, DefectRate = defects, DuplicateRate = duplicates, MaxConditions = conditions };
        var error = Assert.Throws<PatientToolsException>(() => PatientSampler.Generate(options, FewNames.Instance));
        Assert.Equal("InvalidSampleOptions", error.ErrorId);
    }

    [Fact]
    public void A_day_before_ICD_10_GM_covers_the_record_is_refused() =>
        Assert.Equal("InvalidSampleOptions", Assert.Throws<PatientToolsException>(
            () => PatientSampler.Generate(Options with { Today = new DateOnly(2023, 12, 31) }, FewNames.Instance)).ErrorId);

    private static PatientSample[] Generate(SampleOptions options) => [.. PatientSampler.Generate(options, FewNames.Instance)];

    private static string Text(PatientSample sample) =>
        string.Join('\n', [$"{sample.Defect} {sample.DuplicateOf} {string.Join(',', sample.Changes)}", sample.Document.ToString(), .. sample.Record.Select(resource => Encoding.UTF8.GetString(resource.Span))]);

    private static string Fingerprint(IEnumerable<PatientSample> samples) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', samples.Select(Text)))))[..16];

    private static IEnumerable<SampleChange> Differences(PatientSample original, PatientSample copy)
    {
        var (a, b) = (original.Document.Properties, copy.Document.Properties);
        SampleChange[] inFamilyName =
        [
            SampleChange.FamilyNameTransposed, SampleChange.FamilyNameLetterMissing, SampleChange.FamilyNameLetterDoubled,
            SampleChange.UmlautSpelledOut, SampleChange.FamilyNameChanged,
        ];
        if (a.FamilyName != b.FamilyName)
        {
            yield return Assert.Single(copy.Changes, change => inFamilyName.Contains(change));
        }

        if (a.GivenName != b.GivenName)
        {
            yield return Assert.Single(copy.Changes, change => change is SampleChange.GivenNameTransposed or SampleChange.GivenNameShortened);
        }

        if (a.BirthDate != b.BirthDate)
        {
            var swapped = a.BirthDate!.Value.Day == b.BirthDate!.Value.Month && a.BirthDate.Value.Month == b.BirthDate.Value.Day && a.BirthDate.Value.Year == b.BirthDate.Value.Year;
            yield return swapped && copy.Changes.Contains(SampleChange.DayAndMonthSwapped) ? SampleChange.DayAndMonthSwapped : SampleChange.BirthDateOff;
        }

        if ((a.Street, a.PostalCode()) != (b.Street, b.PostalCode()))
        {
            yield return SampleChange.AddressMoved;
        }

        if (a.Kvnr != b.Kvnr)
        {
            Assert.Null(b.Kvnr);
            yield return SampleChange.KvnrMissing;
        }

        if ((a.Phone, a.Email) != (b.Phone, b.Email))
        {
            yield return SampleChange.TelecomMissing;
        }
    }
}

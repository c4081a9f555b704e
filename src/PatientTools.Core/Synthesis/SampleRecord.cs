namespace PatientTools.Synthesis;

/// <summary>A diagnosis drawn for a sample.</summary>
/// <param name="Number">Its place among the patient's diagnoses, from 1.</param>
/// <param name="Code">The code of ICD-10-GM.</param>
/// <param name="Display">The German text.</param>
/// <param name="Recorded">The day it was recorded, from birth to death or today.</param>
internal sealed record SampleCondition(int Number, string Code, string Display, DateOnly Recorded);

/// <summary>Draws a sample's record: its insurance and its diagnoses.</summary>
internal static class SampleRecord
{
    private const int YearsLookedBack = 10;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(SamplePerson person, SampleOptions options, long number)
    {
        var writer = SampleWriter.OfThread;
        List<ReadOnlyMemory<byte>> record = [writer.Coverage(person)];
        foreach (var condition in Draw(person, options, number))
        {
            record.Add(writer.Condition(person, condition));
        }

        return record;
    }

    private static List<SampleCondition> Draw(SamplePerson person, SampleOptions options, long number)
    {
        var random = new SampleRandom(options.Seed, number, SampleStream.Record);
        var end = person.Died ?? options.Today;
        var age = new Patients.PartialDate(person.Born.Year, person.Born.Month, person.Born.Day).YearsUntil(end);
        var count = Math.Max(Math.Min(DrawCount(age, ref random), options.MaxConditions), person.HasWrongDiagnosisCode ? 1 : 0);
        var diagnoses = Diagnoses.For(person.IsFemale, age);
        var conditions = new List<SampleCondition>(count);
        while (conditions.Count < count)
        {
            var diagnosis = diagnoses.Draw(ref random);
            if (!conditions.Exists(condition => condition.Display == diagnosis.Display))
            {
                var code = person.HasWrongDiagnosisCode && conditions.Count == 0 ? DefectPlanter.WrongCode(diagnosis.Code, ref random) : diagnosis.Code;
                conditions.Add(new SampleCondition(conditions.Count + 1, code, diagnosis.Display, DrawDay(person.Born.AddYears(diagnosis.MinAge), end, ref random)));
            }
        }

        return conditions;
    }

    /// <summary>The old have more diagnoses than the young: two chances in three for each further one, or fewer.</summary>
    private static int DrawCount(int age, ref SampleRandom random)
    {
        var (tries, perMille) = age switch
        {
            < 15 => (2, 200),
            < 40 => (3, 330),
            < 60 => (4, 450),
            < 75 => (5, 550),
            _ => (5, 680),
        };
        var count = 0;
        for (var i = 0; i < tries; i++)
        {
            count += random.PerMille(perMille) ? 1 : 0;
        }

        return count;
    }

    private static DateOnly DrawDay(DateOnly earliest, DateOnly end, ref SampleRandom random)
    {
        var start = end.AddYears(-YearsLookedBack);
        start = start < earliest ? earliest : start;
        return start >= end ? end : start.AddDays(random.Below(end.DayNumber - start.DayNumber + 1));
    }
}

namespace PatientTools.Synthesis;

/// <summary>Makes a person look as if registered a second time, by somebody else, on another day.</summary>
internal sealed class DuplicateChanger(PersonComposer composer, DateOnly today)
{
    private const int MostChanges = 3;
    private static readonly SampleChange[] All = Enum.GetValues<SampleChange>();
    private static readonly (string Letter, string Spelled)[] Spellings = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")];

    /// <summary>Changes one to three things.</summary>
    /// <param name="person">The original's double.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>What was changed, each once.</returns>
    public IReadOnlyList<SampleChange> Change(SamplePerson person, ref SampleRandom random)
    {
        var wanted = random.Between(1, MostChanges);
        var changes = new List<SampleChange>(wanted);
        // A move is always possible, so this ends.
        while (changes.Count < wanted)
        {
            var change = random.Pick(All);
            if (!changes.Exists(made => Collide(made, change)) && TryApply(change, person, ref random))
            {
                changes.Add(change);
            }
            else if (changes.Count > 0)
            {
                wanted--;
            }
        }

        return changes;
    }

    /// <summary>Two changes of one thing might undo each other.</summary>
    private static bool Collide(SampleChange made, SampleChange change) => Subject(made) == Subject(change);

    private static int Subject(SampleChange change) => change switch
    {
        <= SampleChange.FamilyNameChanged => 0,
        <= SampleChange.GivenNameShortened => 1,
        <= SampleChange.BirthDateOff => 2,
        _ => (int)change,
    };

    private bool TryApply(SampleChange change, SamplePerson person, ref SampleRandom random)
    {
        switch (change)
        {
            case <= SampleChange.FamilyNameChanged:
                var family = OtherFamilyName(change, person.FamilyName!, ref random);
                var differs = family is not null && family != person.FamilyName;
                person.FamilyName = differs ? family : person.FamilyName;
                return differs;
            case <= SampleChange.GivenNameShortened:
                return TryChangeGivenName(change, person, ref random);
            case <= SampleChange.BirthDateOff:
                return TryMoveBirth(change, person, ref random);
            case SampleChange.AddressMoved:
                (person.Street, person.PostalCode, person.City) = composer.DrawAddress(ref random);
                return true;
            case SampleChange.KvnrMissing:
                var hadKvnr = person.Kvnr is not null;
                person.Kvnr = null;
                return hadKvnr;
            default:
                var hadTelecom = person.Phone is not null || person.Email is not null;
                person.Phone = person.Email = null;
                return hadTelecom;
        }
    }

    private string? OtherFamilyName(SampleChange change, string name, ref SampleRandom random) => change switch
    {
        SampleChange.FamilyNameTransposed => Transposed(name, ref random),
        SampleChange.FamilyNameLetterMissing when name.Length > 4 => name.Remove(random.Between(1, name.Length - 2), 1) is var shorter && IsClean(shorter) ? shorter : null,
        SampleChange.FamilyNameLetterDoubled when random.Between(1, name.Length - 1) is var at && char.IsLower(name[at]) => name.Insert(at, name[at].ToString()),
        SampleChange.UmlautSpelledOut => Spelled(name),
        SampleChange.FamilyNameChanged => composer.DrawSurname(ref random),
        _ => null,
    };

    private static bool TryChangeGivenName(SampleChange change, SamplePerson person, ref SampleRandom random)
    {
        var first = person.GivenNames[0];
        var changed = change == SampleChange.GivenNameTransposed ? Transposed(first, ref random) : first.Split('-')[0];
        if (change == SampleChange.GivenNameTransposed)
        {
            person.GivenNames = changed is null ? person.GivenNames : [changed, .. person.GivenNames[1..]];
            return changed is not null;
        }

        var isShorter = changed != first || person.GivenNames.Length > 1;
        person.GivenNames = [changed!];
        return isShorter;
    }

    private bool TryMoveBirth(SampleChange change, SamplePerson person, ref SampleRandom random)
    {
        var born = person.Born;
        var moved = change == SampleChange.BirthDateOff ? born.AddDays(random.Between(1, 9) * (random.Below(2) == 0 ? 1 : -1))
            : born.Day <= 12 ? new DateOnly(born.Year, born.Day, born.Month)
            : born;
        if (moved == born || moved > (person.Died ?? today))
        {
            return false;
        }

        person.Born = moved;
        person.BirthDate = PersonComposer.Text(moved);
        return true;
    }

    /// <summary>The name with two small letters exchanged that differ; null where the place drawn has none.</summary>
    private static string? Transposed(string name, ref SampleRandom random)
    {
        if (name.Length < 3)
        {
            return null;
        }

        var at = random.Between(1, name.Length - 2);
        return char.IsLower(name[at]) && char.IsLower(name[at + 1]) && name[at] != name[at + 1]
            ? $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}"
            : null;
    }

    private static string Spelled(string name)
    {
        foreach (var (letter, spelled) in Spellings)
        {
            name = name.Replace(letter, spelled, StringComparison.Ordinal);
        }

        return name;
    }

    /// <summary>A letter taken out must not leave a name that starts or ends with a blank or a hyphen.</summary>
    private static bool IsClean(string name) => char.IsLetter(name[^1]) && !name.Contains("  ", StringComparison.Ordinal);
}

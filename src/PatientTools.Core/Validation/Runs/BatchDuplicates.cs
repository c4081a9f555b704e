using PatientTools.Validation.Rules.Duplicates;

namespace PatientTools.Validation.Runs;

/// <summary>Compares each patient of a batch with those before it, in the order of the batch. Used by one thread.</summary>
internal sealed class BatchDuplicates
{
    private readonly bool _ids;
    private readonly bool _mrns;
    private readonly bool _kvnrs;
    private readonly IssueSink _issues;
    private readonly IdentityIndex _index = new();
    private readonly BatchPlaces _places = new();

    private BatchDuplicates(RuleSet rules, ResultLanguage language)
    {
        _ids = rules.Contains(DuplicateId.Instance);
        _mrns = rules.Contains(DuplicateMrn.Instance);
        _kvnrs = rules.Contains(DuplicateKvnr.Instance);
        _issues = new IssueSink(rules, language);
    }

    /// <summary>Begins.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="language">In which language is told.</param>
    /// <returns>What compares; null when no rule asks for it.</returns>
    public static BatchDuplicates? For(RuleSet rules, ResultLanguage language)
    {
        var made = new BatchDuplicates(rules, language);
        return made._ids || made._mrns || made._kvnrs ? made : null;
    }

    /// <summary>Gets ready for patients who are compared next.</summary>
    /// <param name="results">Their results.</param>
    public void Prepare(ReadOnlySpan<PatientValidationResult> results)
    {
        foreach (var result in results)
        {
            foreach (ref readonly var key in result.Keys.AsSpan())
            {
                _index.Prefetch(key.Hash);
            }
        }
    }

    /// <summary>Compares a patient with those before it.</summary>
    /// <param name="result">What was found in the patient by itself; its number is set.</param>
    /// <returns>The same, or with what was found beside it.</returns>
    public PatientValidationResult Check(PatientValidationResult result)
    {
        // Numbers take four bytes; whoever comes behind four thousand million others is compared with nobody.
        if (result.Keys.Length == 0 || result.Number > uint.MaxValue)
        {
            return result;
        }

        var number = (uint)result.Number;
        _issues.Clear();
        _places.Add(number, result.Source);
        for (var i = 0; i < result.Keys.Length; i++)
        {
            var key = result.Keys[i];
            if (!IsChecked(key.Kind, result))
            {
                continue;
            }

            var first = _index.FindOrAdd(key.Hash, number);
            if (first != 0 && first != number)
            {
                Report(key, new FirstPlace(first, _places.Of(first)));
            }
        }

        return _issues.Highest is null ? result : result.With(_issues);
    }

    /// <summary>A store sees to it that (source, id) is unique, and two sources may use the same id.</summary>
    private bool IsChecked(IdentityKeyKind kind, PatientValidationResult result) => kind switch
    {
        IdentityKeyKind.FhirId => _ids && result.Id is null,
        IdentityKeyKind.Mrn => _mrns,
        _ => _kvnrs,
    };

    private void Report(in IdentityKey key, FirstPlace first)
    {
        switch (key.Kind)
        {
            case IdentityKeyKind.FhirId:
                DuplicateId.Report(key, first, _issues);
                break;
            case IdentityKeyKind.Mrn:
                DuplicateMrn.Report(key, first, _issues);
                break;
            default:
                DuplicateKvnr.Report(key, first, _issues);
                break;
        }
    }
}

using System.Text;
using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation;

/// <summary>Reads who a patient is off its content.</summary>
internal readonly struct PatientIdentityReader
{
    private const int LongestName = 200;

    private readonly PatientContent _content;
    private readonly int _mrn;

    /// <summary>Reads.</summary>
    /// <param name="content">The patient.</param>
    public PatientIdentityReader(PatientContent content)
    {
        _content = content;
        FhirId = IsText(content.FhirId) ? content.Document.StringOf(content.FhirId) : null;
        _mrn = FirstMrn();
        Mrn = _mrn >= 0 ? content.Document.StringOf(content.Identifiers[_mrn].Value) : null;
        Name = NameOf(content);
    }

    /// <summary>The document's FHIR id.</summary>
    public string? FhirId { get; }

    /// <summary>The first medical record number.</summary>
    public string? Mrn { get; }

    /// <summary>Family and given name.</summary>
    public string? Name { get; }

    /// <summary>The keys by which the patient is known among others; what is no Patient is none of them.</summary>
    /// <returns>A new array.</returns>
    public IdentityKey[] Keys()
    {
        var document = _content.Document;
        if (document.Type != FhirModel.Patient)
        {
            return [];
        }

        var identifiers = _content.Identifiers;
        var count = FhirId is null ? 0 : 1;
        for (var i = 0; i < identifiers.Length; i++)
        {
            count += IsKey(identifiers[i]) ? 1 : 0;
        }

        var keys = count == 0 ? [] : new IdentityKey[count];
        count = 0;
        if (FhirId is not null)
        {
            keys[count++] = IdentityKey.Of(IdentityKeyKind.FhirId, [], document.TextOf(_content.FhirId), FhirId, 0);
        }

        for (var i = 0; i < identifiers.Length; i++)
        {
            if (IsKey(identifiers[i]))
            {
                keys[count++] = KeyOf(i);
            }
        }

        return keys;
    }

    private IdentityKey KeyOf(int number)
    {
        var document = _content.Document;
        ref readonly var identifier = ref _content.Identifiers[number];
        var value = document.TextOf(identifier.Value);
        var text = number == _mrn ? Mrn! : document.StringOf(identifier.Value);
        return identifier.IsMrn
            ? IdentityKey.Of(IdentityKeyKind.Mrn, IsText(identifier.System) ? document.TextOf(identifier.System) : [], value, text, number)
            : IdentityKey.Of(IdentityKeyKind.Kvnr, [], value, text, number);
    }

    private bool IsKey(in IdentifierContent identifier) => (identifier.IsMrn || identifier.Kind == IdentifierKind.Kvnr) && IsText(identifier.Value);

    private int FirstMrn()
    {
        for (var i = 0; i < _content.Identifiers.Length; i++)
        {
            if (_content.Identifiers[i].IsMrn && IsText(_content.Identifiers[i].Value))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The name people go by, chosen as <see cref="Patients.PatientProperties.Name"/> chooses it.</summary>
    private static string? NameOf(PatientContent content)
    {
        if (content.Names.IsEmpty)
        {
            return null;
        }

        var best = 0;
        var bestRank = int.MaxValue;
        for (var i = 0; i < content.Names.Length; i++)
        {
            var rank = RankOf(content.Document, content.Names[i].Use);
            if (rank < bestRank)
            {
                (best, bestRank) = (i, rank);
            }
        }

        return NameOf(content, content.Names[best]);
    }

    private static int RankOf(ResourceContent document, int use) =>
        document.Is(use, "official"u8) ? 0
        : document.Is(use, "usual"u8) ? 1
        : document.Is(use, "old"u8) || document.Is(use, "maiden"u8) || document.Is(use, "temp"u8) ? 3
        : 2;

    private static string? NameOf(PatientContent content, in NameContent name)
    {
        var document = content.Document;
        Span<byte> text = stackalloc byte[LongestName];
        var length = 0;
        var family = name.Family != 0 ? name.Family : name.Given == 0 ? name.Text : 0;
        if (family != 0)
        {
            Append(document, family, "", text, ref length);
        }

        var separator = length > 0 ? ", " : "";
        if (name.Given != 0)
        {
            foreach (var given in document.Items(name.Given))
            {
                Append(document, given, separator, text, ref length);
                separator = " ";
            }
        }

        return length > 0 ? Encoding.UTF8.GetString(text[..length]) : null;
    }

    private static void Append(ResourceContent document, int node, string separator, Span<byte> text, ref int length)
    {
        if (document.Nodes[node].Kind != ContentKind.Text)
        {
            return;
        }

        var part = document.TextOf(node);
        if (length + separator.Length + part.Length <= text.Length)
        {
            length += Encoding.UTF8.GetBytes(separator, text[length..]);
            part.CopyTo(text[length..]);
            length += part.Length;
        }
    }

    private bool IsText(int node) => node != 0 && _content.Document.Nodes[node].Kind == ContentKind.Text;
}

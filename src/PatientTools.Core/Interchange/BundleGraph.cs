using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>
/// Decides which resources of a bundle of several patients belong to whose record, by their references.
/// </summary>
/// <remarks>
/// A resource is about the patients named by its members for that (<c>subject</c>, <c>patient</c>, <c>beneficiary</c>, …);
/// else about those it names anywhere; else about those of the resources it refers to, as a Provenance of an Observation.
/// What is about nobody (an Organization, a Practitioner) belongs to every patient from whom, or from whose resources,
/// references lead to it. References are resolved as in hl7.org/fhir/R4/bundle.html#references.
/// </remarks>
internal sealed class BundleGraph
{
    private static readonly HashSet<string> SubjectMembers = new(StringComparer.Ordinal) { "subject", "patient", "beneficiary", "individual", "for" };

    private readonly RecordResource[] _nodes;
    private readonly int _patients;
    private readonly Dictionary<string, int> _addresses = new(StringComparer.Ordinal);
    private readonly int[][] _targets;
    private readonly SortedSet<int>?[] _owners;

    public BundleGraph(List<BundlePatient> patients, List<BundleResource> resources)
    {
        _nodes = [.. patients.Select(patient => patient.Resource), .. resources.Select(resource => resource.Resource)];
        _patients = patients.Count;
        _owners = new SortedSet<int>?[_nodes.Length];
        for (var i = 0; i < _nodes.Length; i++)
        {
            AddAddress(_nodes[i].FullUrl, i);
            AddAddress(_nodes[i].FhirId is { } id ? $"{_nodes[i].ResourceType}/{id}" : null, i);
        }

        _targets = new int[_nodes.Length][];
        for (var i = 0; i < _nodes.Length; i++)
        {
            ReadReferences(i);
        }
    }

    /// <summary>The record of each patient, in the order of patients and of the bundle.</summary>
    public IReadOnlyList<RecordResource>[] Records()
    {
        OwnByReferencedResources();
        var owned = Enumerable.Range(0, _patients).Select(_ => new SortedSet<int>()).ToArray();
        for (var i = _patients; i < _nodes.Length; i++)
        {
            foreach (var patient in _owners[i] ?? [])
            {
                owned[patient].Add(i);
            }
        }

        return [.. owned.Select((own, patient) => Reach(patient, own))];
    }

    private void AddAddress(string? address, int node)
    {
        if (address is not null)
        {
            _addresses.TryAdd(address, node);
        }
    }

    private void ReadReferences(int node)
    {
        var targets = new SortedSet<int>();
        var subjects = new SortedSet<int>();
        var anyone = new SortedSet<int>();
        foreach (var (member, reference) in References(_nodes[node].Json))
        {
            if (Resolve(reference, _nodes[node].FullUrl) is not { } target || target == node)
            {
                continue;
            }

            if (target >= _patients)
            {
                targets.Add(target);
            }
            else
            {
                anyone.Add(target);
                if (SubjectMembers.Contains(member))
                {
                    subjects.Add(target);
                }
            }
        }

        _targets[node] = [.. targets];
        _owners[node] = node < _patients ? null : subjects.Count > 0 ? subjects : anyone.Count > 0 ? anyone : null;
    }

    private int? Resolve(string reference, string? fromUrl)
    {
        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        reference = history > 0 ? reference[..history] : reference;
        var isAbsolute = reference.Contains(':', StringComparison.Ordinal);
        if (!isAbsolute && Base(fromUrl) is { } root && _addresses.TryGetValue(root + reference, out var near))
        {
            return near;
        }

        if (_addresses.TryGetValue(reference, out var exact))
        {
            return exact;
        }

        return Base(reference) is { } foreign && _addresses.TryGetValue(reference[foreign.Length..], out var relative) ? relative : null;
    }

    /// <summary>What stands before <c>Type/id</c> in a web address, slash included; null for other addresses.</summary>
    private static string? Base(string? address)
    {
        if (address is null || !address.StartsWith("http", StringComparison.Ordinal) || address.LastIndexOf('/') is not (var slash and > 0))
        {
            return null;
        }

        var type = address.LastIndexOf('/', slash - 1);
        return type > 0 ? address[..(type + 1)] : null;
    }

    private void OwnByReferencedResources()
    {
        var changed = true;
        var open = Enumerable.Range(_patients, _nodes.Length - _patients).Where(node => _owners[node] is null).ToList();
        while (changed)
        {
            changed = false;
            foreach (var node in open)
            {
                foreach (var owner in _targets[node].SelectMany(target => _owners[target] ?? []).ToList())
                {
                    changed |= (_owners[node] ??= []).Add(owner);
                }
            }
        }
    }

    private List<RecordResource> Reach(int patient, SortedSet<int> record)
    {
        var open = new Stack<int>(record.Append(patient));
        while (open.TryPop(out var node))
        {
            foreach (var target in _targets[node])
            {
                if (_owners[target] is null && record.Add(target))
                {
                    open.Push(target);
                }
            }
        }

        return [.. record.Select(node => _nodes[node])];
    }

    /// <summary>All references in a resource, each with the member of the resource below which it stands.</summary>
    private static List<(string Member, string Reference)> References(byte[] json)
    {
        var found = new List<(string, string)>();
        var member = "";
        var reader = new Utf8JsonReader(json, JsonText.ReaderOptions);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                member = reader.GetString()!;
            }

            if (reader.ValueTextEquals("reference"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                found.Add((member, reader.GetString()!));
            }
        }

        return found;
    }
}

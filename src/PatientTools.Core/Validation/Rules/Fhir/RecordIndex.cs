using System.Buffers;
using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Finds resources of a record by type and id. Uses rented memory, so that a record without faults leaves none behind.</summary>
internal ref struct RecordIndex
{
    private readonly ReadOnlySpan<ResourceContent> _record;
    private readonly int[] _slots;
    private readonly int _mask;

    /// <summary>Makes one.</summary>
    /// <param name="record">The record.</param>
    public RecordIndex(ReadOnlySpan<ResourceContent> record)
    {
        _record = record;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(record.Length + 1) * 2);
        _mask = size - 1;
        _slots = ArrayPool<int>.Shared.Rent(size);
        _slots.AsSpan(0, size).Clear();
        for (var i = 0; i < record.Length; i++)
        {
            var id = IdOf(record[i]);
            if (record[i].Type is { } type && !id.IsEmpty)
            {
                var place = PlaceOf(type, id);
                while (_slots[place] != 0)
                {
                    place = (place + 1) & _mask;
                }

                _slots[place] = i + 1;
            }
        }
    }

    /// <summary>Whether the record holds a resource.</summary>
    /// <param name="reference">Which.</param>
    /// <returns>Whether it does.</returns>
    public readonly bool Contains(in LocalReference reference)
    {
        for (var place = PlaceOf(reference.Type, reference.Id); _slots[place] != 0; place = (place + 1) & _mask)
        {
            var resource = _record[_slots[place] - 1];
            if (resource.Type == reference.Type && IdOf(resource).SequenceEqual(reference.Id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose() => ArrayPool<int>.Shared.Return(_slots);

    /// <summary>The id of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The id; empty when it has none.</returns>
    public static ReadOnlySpan<byte> IdOf(ResourceContent resource)
    {
        var id = resource.Member(0, "id"u8);
        return id != 0 && resource.Nodes[id].Kind == ContentKind.Text ? resource.TextOf(id) : [];
    }

    private readonly int PlaceOf(FhirType type, ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.Add(type);
        hash.AddBytes(id);
        return hash.ToHashCode() & _mask;
    }
}

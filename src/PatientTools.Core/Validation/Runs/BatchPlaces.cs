using System.Runtime.InteropServices;
using PatientTools.Interchange;

namespace PatientTools.Validation.Runs;

/// <summary>
/// Where each patient of a batch was read. Held as stretches within which line and entry count on with the number, so that
/// an NDJSON file of a million lines is one of them; at worst, with a stretch for each patient, they take 16 bytes each beside
/// the names of files. Used by one thread.
/// </summary>
internal sealed class BatchPlaces
{
    private const int ChunkLength = 1024;

    /// <summary>Chunks rather than one list, which would hold everything twice while it grows.</summary>
    private readonly List<Stretch[]> _chunks = [];
    private readonly List<string> _files = [];
    private long _count;

    /// <summary>Notes where a patient was read.</summary>
    /// <param name="number">Its number, greater than the last.</param>
    /// <param name="place">The place.</param>
    public void Add(uint number, SourcePlace place)
    {
        if (_count == 0 || place != Of(At(_count - 1), number))
        {
            Begin(number, place);
        }
    }

    /// <summary>Where a patient was read.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The place.</returns>
    public SourcePlace Of(uint number)
    {
        long low = 0, high = _count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = At(middle).Number <= number ? (middle, high) : (low, middle - 1);
        }

        return Of(At(low), number);
    }

    /// <summary>What means nothing stays 0.</summary>
    private SourcePlace Of(in Stretch stretch, uint number)
    {
        var further = number - stretch.Number;
        return new(_files[stretch.File], stretch.Line == 0 ? 0 : stretch.Line + further, stretch.Entry == 0 ? 0 : stretch.Entry + further);
    }

    private void Begin(uint number, SourcePlace place)
    {
        if (_files.Count == 0 || !string.Equals(_files[^1], place.File, StringComparison.Ordinal))
        {
            _files.Add(place.File);
        }

        if (_count % ChunkLength == 0)
        {
            _chunks.Add(new Stretch[ChunkLength]);
        }

        _chunks[^1][_count % ChunkLength] = new Stretch(number, _files.Count - 1, (uint)place.Line, (uint)place.Entry);
        _count++;
    }

    private ref readonly Stretch At(long index) => ref _chunks[(int)(index / ChunkLength)][index % ChunkLength];

    /// <summary>Where consecutive patients were read; lines and entries are told up to 4,294,967,295.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Stretch(uint Number, int File, uint Line, uint Entry);
}

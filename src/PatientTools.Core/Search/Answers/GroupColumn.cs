namespace PatientTools.Search.Answers;

/// <summary>To which values of a property each patient belongs. Place 0 is that of a missing value.</summary>
internal sealed class GroupColumn
{
    private readonly List<object?> _values = [null];
    private readonly Dictionary<object, int> _places = [];
    private readonly Dictionary<long, List<int>> _further = [];
    private int[] _first = [];

    /// <summary>How many values there are, the missing one included.</summary>
    public int Base => _values.Count;

    public object? ValueOf(int place) => _values[place];

    /// <summary>The place of a value.</summary>
    public int PlaceOf(object? value)
    {
        if (value is null)
        {
            return 0;
        }

        if (!_places.TryGetValue(value, out var place))
        {
            _places[value] = place = _values.Count;
            _values.Add(value);
        }

        return place;
    }

    /// <summary>Gives a patient a value; one that it has already stays single, and a missing one counts only alone.</summary>
    public void Add(long key, int place)
    {
        if (key >= _first.Length)
        {
            Array.Resize(ref _first, checked((int)Math.Max(key + 1, _first.Length * 2L)));
        }

        if (_first[key] == 0 || place == 0)
        {
            _first[key] = Math.Max(_first[key], place);
            return;
        }

        if (_first[key] == place)
        {
            return;
        }

        if (!_further.TryGetValue(key, out var further))
        {
            _further[key] = further = [];
        }

        if (!further.Contains(place))
        {
            further.Add(place);
        }
    }

    /// <summary>The first value of a patient; the missing one where it has none.</summary>
    public int First(long key) => key < _first.Length ? _first[key] : 0;

    /// <summary>Further values of a patient.</summary>
    public IReadOnlyList<int> Further(long key) => _further.TryGetValue(key, out var further) ? further : [];
}

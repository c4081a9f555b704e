using System.Collections.Frozen;
using System.Text;

namespace PatientTools.Adapters.Sqlite;

/// <summary>The names of an enumeration whose values are stored by name.</summary>
internal static class StoredNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Values = Enum.GetValues<T>().ToFrozenDictionary(value => value.ToString(), StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> Lookup = Values.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds the value of a name, exactly as it is written.</summary>
    /// <returns>The value; zero, which none of these enumerations has, of a name that is not known.</returns>
    public static T Find(ReadOnlySpan<byte> utf8)
    {
        Span<char> name = stackalloc char[64];
        return Encoding.UTF8.TryGetChars(utf8, name, out var length) && Lookup.TryGetValue(name[..length], out var value) ? value : default;
    }
}

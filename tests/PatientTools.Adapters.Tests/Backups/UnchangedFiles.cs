using System.Security.Cryptography;

namespace PatientTools.Adapters.Tests.Backups;

/// <summary>Files that have been looked at once: what was proven of their bytes holds as long as they do not change.</summary>
internal sealed class UnchangedFiles
{
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>Holds known files against what they were, and remembers the others.</summary>
    /// <returns>Those that are new.</returns>
    public List<string> Look(IEnumerable<string> files)
    {
        var present = files.ToList();
        Assert.Subset(present.ToHashSet(StringComparer.Ordinal), _hashes.Keys.ToHashSet(StringComparer.Ordinal));
        var added = new List<string>();
        foreach (var file in present)
        {
            var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
            if (_hashes.TryAdd(file, hash))
            {
                added.Add(file);
            }

            Assert.Equal(_hashes[file], hash);
        }

        return added;
    }
}

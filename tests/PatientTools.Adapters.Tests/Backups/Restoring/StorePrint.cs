using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>What a store holds, row for row, each as a hash of all that it says: small enough to be kept of a large store at many points.</summary>
internal sealed class StorePrint
{
    private readonly HashSet<(long Patient, UInt128 Hash)> _rows = [];
    private readonly HashSet<PatientId> _purged = [];
    private bool _isLess;

    private StorePrint()
    {
    }

    /// <summary>How many rows there are.</summary>
    public int Rows => _rows.Count;

    /// <summary>The patients by their keys.</summary>
    public Dictionary<long, PatientId> Patients { get; } = [];

    /// <summary>Of whom there are marks.</summary>
    public IReadOnlySet<PatientId> Purged => _purged;

    public static StorePrint Of(string location)
    {
        using var store = Practice.Provider.Open(location, new StoreOptions { ReadOnly = true });
        using var reader = store.BeginRead();
        var print = new StorePrint();
        foreach (var state in reader.ReadPatientsSince(0))
        {
            print.Patients.Add(state.Stamp.Key, state.Stamp.Id);
            print.Add(1, state.Stamp.Key, state, BackupLines.Write);
        }

        foreach (var state in reader.ReadPatientVersionsSince(0))
        {
            print.Add(2, state.Stamp.Key, state, BackupLines.Write);
        }

        foreach (var state in reader.ReadRecordsSince(0))
        {
            print.Add(3, state.PatientKey, state, BackupLines.Write);
        }

        foreach (var state in reader.ReadRecordVersionsSince(0))
        {
            print.Add(4, state.PatientKey, state, BackupLines.Write);
        }

        foreach (var setting in reader.ReadSettings())
        {
            print.Add(5, 0, setting, BackupLines.Write);
        }

        print._purged.UnionWith(reader.ReadPurgesSince(0).Select(mark => mark.Id));
        return print;
    }

    /// <summary>The same without some patients, who are known to be purged.</summary>
    public StorePrint Less(IReadOnlySet<PatientId> purged)
    {
        var less = new StorePrint { _isLess = true };
        foreach (var (key, id) in Patients.Where(patient => !purged.Contains(patient.Value)))
        {
            less.Patients.Add(key, id);
        }

        less._rows.UnionWith(_rows.Where(row => row.Patient == 0 || less.Patients.ContainsKey(row.Patient)));
        less._purged.UnionWith(_purged);
        less._purged.UnionWith(purged);
        return less;
    }

    public static void AssertEqual(StorePrint expected, StorePrint actual)
    {
        Assert.True(expected._purged.SetEquals(actual._purged), expected._isLess ? "the marks of all who were purged are not known" : "the marks are not those of the point");
        var missing = expected._rows.Except(actual._rows).ToList();
        var strange = actual._rows.Except(expected._rows).ToList();
        Assert.True(missing is [] && strange is [], $"{missing.Count} rows are missing, such as of patient {missing.FirstOrDefault().Patient}; {strange.Count} are there that should not be, such as of patient {strange.FirstOrDefault().Patient}");
    }

    private void Add<T>(byte kind, long patient, T row, Action<T, IBufferWriter<byte>> write)
    {
        var line = new ArrayBufferWriter<byte>();
        line.Write([kind]);
        write(row, line);
        Assert.True(_rows.Add((patient, BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(line.WrittenSpan)))));
    }
}

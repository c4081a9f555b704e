using System.Runtime.InteropServices;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Checks that a store's file is whole and that nothing in it belongs to nobody. The audit trail has a check of its own.</summary>
internal static class StructureCheck
{
    private static string Roles => string.Join(", ", Enum.GetNames<StoreRole>().Select(name => $"'{name}'"));

    private static readonly (string Sql, string Finding)[] Orphans =
    [
        ("SELECT count(*) FROM patient_version v WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.key = v.patient)",
            "{0} old versions belong to no patient."),
        ("SELECT count(*) FROM record r WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.key = r.patient)",
            "{0} record entries belong to no patient."),
        ("SELECT count(*) FROM record_version v WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.key = v.record)",
            "{0} old versions of record entries belong to no entry."),
        ("""
         SELECT count(*) FROM chunk c WHERE NOT CASE c.owner
            WHEN 3 THEN EXISTS (SELECT 1 FROM record r WHERE r.key = c.owner_key)
            ELSE EXISTS (SELECT 1 FROM patient p WHERE p.key = c.owner_key) END
         """,
            "{0} parts of large documents belong to nothing."),
        ("SELECT count(*) FROM session s WHERE s.account_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = s.account_id)",
            "{0} sessions belong to no account."),
        ($"SELECT count(*) FROM account WHERE role NOT IN ({Roles})",
            "{0} accounts have a role that does not exist, and may do nothing. Set-PatientStoreAccount gives them another one."),
    ];

    private static readonly StatementText Segments = new("SELECT kind, term, first, gaps FROM search_entry ORDER BY kind, term, first");
    private static readonly StatementText Patients = new("SELECT key FROM patient WHERE key BETWEEN 1 AND ?1");
    private static readonly StatementText LastKey = new($"SELECT value FROM counter WHERE name = '{StoreSchema.Counters.Patient}'");

    /// <summary>Runs the check.</summary>
    /// <returns>What is wrong, in plain words.</returns>
    public static IReadOnlyList<string> Run(StoreConnection connection, bool full, CancellationToken cancellation)
    {
        using var interruption = connection.InterruptOn(cancellation);
        var findings = new List<string>();
        try
        {
            findings.AddRange(connection.ReadTexts(full ? "PRAGMA integrity_check" : "PRAGMA quick_check").Where(text => text != "ok")
                .Select(text => $"The file's structure is broken: {text}"));
            foreach (var (sql, finding) in Orphans)
            {
                Count(connection, sql, finding, findings);
            }

            if (full)
            {
                CheckSegments(connection, findings);
            }
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged)
        {
            findings.Add($"The check could not be finished, because the file is too badly damaged. {e.Message}");
        }

        return findings;
    }

    /// <summary>
    /// The keys of a term have to ascend from segment to segment, and none may lie behind the last that was drawn: only then
    /// are they held against the patients, since a set of keys is as large as its greatest.
    /// </summary>
    private static void CheckSegments(StoreConnection connection, List<string> findings)
    {
        var last = connection.ReadInt64(LastKey);
        var found = new KeySet();
        var runs = new List<KeyRun>();
        var (malformed, kind, before) = (0L, 0L, 0L);
        var term = new List<byte>();
        using var segments = connection.Rent(Segments);
        while (segments.Step())
        {
            if (segments.Int64(0) != kind || !segments.Bytes(1).SequenceEqual(CollectionsMarshal.AsSpan(term)))
            {
                term.Clear();
                term.AddRange(segments.Bytes(1));
                (kind, before) = (segments.Int64(0), 0);
            }

            runs.Clear();
            if (KeySegment.TryRead(segments.Int64(2), segments.Bytes(3), runs) && runs[0].First > before && runs[^1].Last <= last)
            {
                KeySegment.AddTo(segments.Int64(2), segments.Bytes(3), found);
                before = runs[^1].Last;
            }
            else
            {
                malformed++;
            }
        }

        if (malformed > 0)
        {
            findings.Add($"{malformed} parts of the search index are malformed. Repair-PatientStore makes the index anew.");
        }

        found.ExceptWith(ReadPatients(connection, last));
        if (!found.IsEmpty)
        {
            findings.Add($"Search entries lead to {found.Count()} patients that do not exist. Repair-PatientStore makes the index anew.");
        }
    }

    private static KeySet ReadPatients(StoreConnection connection, long last)
    {
        var keys = new KeySet();
        using var patients = connection.Rent(Patients);
        patients.Bind(1, last);
        while (patients.Step())
        {
            keys.Add(patients.Int64(0));
        }

        return keys;
    }

    private static void Count(StoreConnection connection, string sql, string finding, List<string> findings)
    {
        if (connection.ReadTexts(sql) is [var count] && count != "0")
        {
            findings.Add(finding.Replace("{0}", count, StringComparison.Ordinal));
        }
    }
}

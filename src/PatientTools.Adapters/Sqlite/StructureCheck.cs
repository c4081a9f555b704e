using PatientTools.Adapters.Sqlite.Engine;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Checks that a store's file is whole and that nothing in it belongs to nobody.</summary>
internal static class StructureCheck
{
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
    ];

    private const string EntryOrphans = "SELECT count(*) FROM search_entry e WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.key = e.patient)";

    /// <summary>Runs the check.</summary>
    /// <returns>What is wrong, in plain words.</returns>
    public static IReadOnlyList<string> Run(StoreConnection connection, bool full, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var registration = cancellation.Register(connection.Interrupt);
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
                Count(connection, EntryOrphans, "{0} search entries lead to no patient.", findings);
            }
        }
        catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged)
        {
            findings.Add($"The check could not be finished, because the file is too badly damaged. {e.Message}");
        }

        return findings;
    }

    private static void Count(StoreConnection connection, string sql, string finding, List<string> findings)
    {
        if (connection.ReadTexts(sql) is [var count] && count != "0")
        {
            findings.Add(finding.Replace("{0}", count, StringComparison.Ordinal));
        }
    }
}

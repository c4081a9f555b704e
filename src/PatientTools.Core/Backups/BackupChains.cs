namespace PatientTools.Backups;

/// <summary>Ties backups to those they build upon.</summary>
internal static class BackupChains
{
    /// <summary>Finds the chain of each backup, and which are broken.</summary>
    /// <param name="backups">Backups as their files tell them.</param>
    /// <returns>The same, in the same order.</returns>
    public static IReadOnlyList<PatientBackup> Tie(IReadOnlyList<PatientBackup> backups)
    {
        var byHash = backups.Where(backup => backup.Hash is not null).DistinctBy(backup => backup.Hash, StringComparer.Ordinal).ToDictionary(backup => backup.Hash!, StringComparer.Ordinal);
        var tied = new Dictionary<string, PatientBackup>(StringComparer.Ordinal);
        return [.. backups.Select(backup => backup.Hash is null ? backup : Tied(backup))];

        // Not recursive: a chain may be as long as somebody has patience.
        PatientBackup Tied(PatientBackup last)
        {
            var open = new Stack<PatientBackup>([last]);
            PatientBackup? below = null;
            while (open.Peek() is { Parent: { } parent } && !tied.TryGetValue(parent, out below) && byHash.TryGetValue(parent, out var found))
            {
                open.Push(found);
            }

            while (open.TryPop(out var next))
            {
                below = OnTop(next, below);
                tied.TryAdd(below.Hash!, below);
            }

            return below!;
        }
    }

    /// <summary>Tells how deep in its chain each backup stands: 0 for what builds upon nothing that is there.</summary>
    /// <param name="backups">The backups.</param>
    /// <returns>The depth of each hash.</returns>
    public static IReadOnlyDictionary<string, int> Depths(IReadOnlyList<PatientBackup> backups)
    {
        var parents = backups.Where(backup => backup.Hash is not null).DistinctBy(backup => backup.Hash, StringComparer.Ordinal).ToDictionary(backup => backup.Hash!, backup => backup.Parent, StringComparer.Ordinal);
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var hash in parents.Keys)
        {
            var open = new Stack<string>();
            for (string? at = hash; at is not null && !depths.ContainsKey(at) && parents.ContainsKey(at); at = parents[at])
            {
                open.Push(at);
            }

            while (open.TryPop(out var next))
            {
                depths[next] = parents[next] is { } parent && depths.TryGetValue(parent, out var depth) ? depth + 1 : 0;
            }
        }

        return depths;
    }

    /// <summary>A backup whose parent is known, or known to be missing.</summary>
    private static PatientBackup OnTop(PatientBackup backup, PatientBackup? below) => (backup.Parent, below) switch
    {
        (null, _) => backup with { Chain = [backup.Path] },
        (_, null) => Broken(backup, "The backup that it builds upon is not in the folder, or cannot be read."),
        _ when below.Hash != backup.Parent => Broken(backup, "The backup that it builds upon is not in the folder, or cannot be read."),
        _ when below.State != BackupState.Usable => Broken(backup, $"It builds upon '{below.Name}', which cannot be restored."),
        _ when below.StoreId != backup.StoreId || below.Epoch != backup.Epoch || below.LastSequence + 1 != backup.FirstSequence =>
            Broken(backup, $"It says that it builds upon '{below.Name}', but does not begin where that one ends."),
        _ => backup with { Chain = [.. below.Chain, backup.Path] },
    };

    private static PatientBackup Broken(PatientBackup backup, string problem) => backup with { State = BackupState.Broken, Problem = problem, Chain = [] };
}

using PatientTools.Adapters.Tests.Backups.Restoring;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Taking;

/// <summary>Where a patient still is, before the patient is purged.</summary>
public class HoldingsTests
{
    [Fact]
    public void Backups_hold_who_was_there_then_and_no_others()
    {
        using var practice = new Practice();
        var (early, late) = (practice.Add("Früh"), practice.Add("Spät"));
        var full = practice.Back();
        practice.Rename(late, "Später");
        var incremental = practice.Back(incremental: true);
        var never = practice.Add("Nie");

        var found = practice.Session.Backups().FindHoldings([early, late, never, PatientId.New(DateTimeOffset.UtcNow)]);

        Assert.Equal(3, found.Count);
        Assert.Equal([full.Path], found[early].Select(holding => holding.Path));
        Assert.Equal([full.Path, incremental.Path], found[late].Select(holding => holding.Path));
        Assert.Empty(found[never]);
        Assert.All(found[late], holding => Assert.True(holding is { IsCertain: true, Note: null, Kind: StorePlaceKind.Backups }));
    }

    [Fact]
    public void Stores_kept_aside_and_backups_of_another_epoch_are_looked_at_too()
    {
        using var practice = new Practice();
        var stays = practice.Add("Bleibt");
        var backup = practice.Back();
        var aside = practice.Session.Backups().Replace(new RestoreRequest { Path = backup.Path }, null, default).KeptAside!;
        practice.Reopen();
        var later = practice.Add("Später");

        var found = practice.Session.Backups().FindHoldings([stays, later]);

        Assert.Empty(found[later]);
        Assert.True(found[stays].Single(holding => holding.Path == aside) is { IsCertain: true, Kind: StorePlaceKind.KeptAside });
        Assert.True(found[stays].Single(holding => holding.Path == backup.Path) is { IsCertain: false, Note: not null });

        File.WriteAllText(aside, "no store any more");
        Assert.True(practice.Session.Backups().FindHoldings([stays])[stays].Single(holding => holding.Path == aside) is { IsCertain: false, Note: not null });
        File.Delete(aside);
        Assert.DoesNotContain(practice.Session.Backups().FindHoldings([stays])[stays], holding => holding.Kind == StorePlaceKind.KeptAside);
    }

    [Fact]
    public void What_cannot_be_looked_into_may_hold_everybody_who_was_there_then()
    {
        using var practice = new Practice();
        var id = practice.Add("Eins");
        var backup = practice.Back();
        var late = practice.Add("Spät");
        File.WriteAllBytes(backup.Path, File.ReadAllBytes(backup.Path)[..^1]);
        Assert.All(practice.Session.Backups().FindHoldings([id])[id], holding => Assert.False(holding.IsCertain));

        File.Delete(backup.Path);
        var moved = practice.Session.Backups().FindHoldings([id, late]);
        Assert.Empty(moved[late]);
        Assert.Contains("not there any more", Assert.Single(moved[id]).Note, StringComparison.Ordinal);

        Directory.Delete(practice.Backups);
        var gone = practice.Session.Backups().FindHoldings([id, late]);
        Assert.Empty(gone[late]);
        Assert.Contains("cannot be looked into", Assert.Single(gone[id]).Note, StringComparison.Ordinal);
    }
}

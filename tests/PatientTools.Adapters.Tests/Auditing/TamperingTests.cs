using CsCheck;
using PatientTools.Auditing;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>Whatever somebody does to the trail who can write the file is found, and the right entry is named.</summary>
public class TamperingTests
{
    [Theory]
    [InlineData("UPDATE audit_event SET time = time + 1 WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET time = -9e18 WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET continues = 14 WHERE number = 12", 12, "entry 12 was changed")]
    [InlineData("UPDATE audit_event SET continues = NULL WHERE number = 12", 12, "entry 12 was changed")]
    [InlineData("UPDATE audit_event SET account = 'Bob' WHERE number = 8", 8, "entry 8 was changed")]
    [InlineData("UPDATE audit_event SET account = NULL WHERE number = 8", 8, "entry 8 was changed")]
    [InlineData("UPDATE audit_event SET operation = 'SearchPatients' WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET operation = 'Nothing' WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET outcome = 'Refused' WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET count = 0 WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET content = x'7B7D' WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET patients = x'' WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET previous = zeroblob(32) WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET hash = zeroblob(32) WHERE number = 7", 7, "entry 7 was changed")]
    [InlineData("UPDATE audit_event SET hash = x'' WHERE number = 22", 22, "entry 22 was changed")]
    [InlineData("UPDATE audit_event SET content = x'7B7D' WHERE number = 1", 1, "entry 1 was changed")]
    [InlineData("DELETE FROM audit_event WHERE number = 1", 2, "entry 1 was removed before entry 2")]
    [InlineData("DELETE FROM audit_event WHERE number = 7", 8, "entry 7 was removed before entry 8")]
    [InlineData("DELETE FROM audit_event WHERE number BETWEEN 7 AND 9", 10, "entries 7 to 9 were removed before entry 10")]
    [InlineData("DELETE FROM audit_event WHERE number = 7; UPDATE audit_event SET number = number - 1 WHERE number > 7", 7, "entry 7 was written as entry 8")]
    [InlineData("UPDATE audit_event SET number = 100 WHERE number = 7", 8, "entry 7 was removed before entry 8")]
    [InlineData("UPDATE audit_event SET number = -5 WHERE number = 7", -5, "entry -5 was inserted")]
    [InlineData("UPDATE audit_event SET number = 0 WHERE number = 8; UPDATE audit_event SET number = 8 WHERE number = 9; UPDATE audit_event SET number = 9 WHERE number = 0", 8, "entry 8 is out of order: it was written as entry 9")]
    [InlineData("UPDATE audit_event SET number = 0 WHERE number = 8; UPDATE audit_event SET number = 8 WHERE number = 18; UPDATE audit_event SET number = 18 WHERE number = 0", 8, "entry 8 is out of order: it was written as entry 18")]
    [InlineData("UPDATE audit_event SET number = -number - 1 WHERE number > 7; UPDATE audit_event SET number = -number WHERE number < 0; INSERT INTO audit_event SELECT 8, time, continues, account, operation, outcome, count, content, previous, hash, patients FROM audit_event WHERE number = 4", 8, "entry 8 was inserted")]
    public void Each_change_by_SQL_is_found(string sql, long firstWrong, string result)
    {
        using var trail = new TamperedTrail();
        trail.Execute(sql);

        var check = trail.Check();

        Assert.False(check.IsValid);
        Assert.Equal(firstWrong, check.FirstWrong);
        Assert.StartsWith(result, check.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void An_untouched_trail_is_consistent_and_proven_by_its_head()
    {
        using var trail = new TamperedTrail();

        var unproven = trail.Check();

        Assert.True(unproven.IsValid);
        Assert.Equal((TamperedTrail.Entries, null, null), (unproven.Entries, unproven.FirstWrong, unproven.ProvenUntil));
        Assert.Equal(trail.Read()[0].Time, unproven.UnprovenSince);
        Assert.StartsWith("consistent, unproven since 20", unproven.Result, StringComparison.Ordinal);
        Assert.Equal("proven", trail.Check(unproven.Head).Result[..6]);
    }

    [Fact]
    public void The_newest_head_proves_what_is_before_it()
    {
        using var trail = new TamperedTrail();

        var check = trail.Check(trail.Head(20), trail.Head(9));

        Assert.Equal((true, 20L), (check.IsValid, check.ProvenUntil));
        Assert.Equal(trail.Read()[20].Time, check.UnprovenSince);
        Assert.Equal("proven up to entry 20 (2026-03-01 08:00:20Z); consistent, unproven since 2026-03-01 08:00:21Z", check.Result);
    }

    [Fact]
    public void The_last_head_proves_everything()
    {
        using var trail = new TamperedTrail();

        var check = trail.Check(trail.Head(TamperedTrail.Entries));

        Assert.Equal(("proven", null), (check.Result, check.UnprovenSince));
    }

    [Fact]
    public void A_tail_cut_off_is_found_by_a_head_alone()
    {
        using var trail = new TamperedTrail();
        var head = trail.Head(20);
        trail.Execute("DELETE FROM audit_event WHERE number > 18");

        var check = trail.Check(trail.Head(5), head);

        Assert.Equal((false, 19L, 5L), (check.IsValid, check.FirstWrong, check.ProvenUntil));
        Assert.Equal("entry 20, of which there is a head, is missing: the trail was cut off behind entry 18", check.Result);
        using var headless = new TamperedTrail();
        headless.Execute("DELETE FROM audit_event WHERE number > 18");
        Assert.True(headless.Check().IsValid);
    }

    [Fact]
    public void A_tail_hashed_anew_is_found_by_a_head_alone()
    {
        using var trail = new TamperedTrail();
        var (early, late) = (trail.Head(9), trail.Head(20));
        trail.WriteAnew(16, entry => entry with { Account = "Eve" });

        var check = trail.Check(late, early);

        Assert.Equal((false, 20L, 9L), (check.IsValid, check.FirstWrong, check.ProvenUntil));
        Assert.Equal("entry 20 is not the one of the head: the trail was cut off or written anew behind entry 9", check.Result);
        using var headless = new TamperedTrail();
        headless.WriteAnew(16, entry => entry with { Account = "Eve" });
        Assert.StartsWith("consistent, unproven", headless.Check().Result, StringComparison.Ordinal);
    }

    [Fact]
    public void One_entry_hashed_anew_is_named()
    {
        using var trail = new TamperedTrail();
        trail.WriteAnew(16, entry => entry with { Account = "Eve" }, all: false);

        var check = trail.Check();

        Assert.Equal(16, check.FirstWrong);
        Assert.Equal("Eve", check.Event?.Account);
        Assert.Equal("entry 16 was changed and hashed anew: entry 17 does not follow it", check.Result);
    }

    [Fact]
    public void A_continuation_moved_to_what_is_no_first_entry_is_named_even_when_hashed_anew()
    {
        using var trail = new TamperedTrail();
        trail.WriteAnew(15, entry => entry with { Continues = 12 });

        Assert.Equal(15, trail.Check().FirstWrong);
    }

    [Fact]
    public void An_entry_that_holds_by_itself_is_found_where_it_was_slipped_in()
    {
        using var trail = new TamperedTrail();
        var entry = trail.Read()[8] with { Account = "Eve" };
        entry = entry with { Hash = AuditChain.HashOf(entry) };
        trail.Execute("UPDATE audit_event SET number = -number - 1 WHERE number >= 9; UPDATE audit_event SET number = -number WHERE number < 0");
        Append(trail, entry);

        var check = trail.Check();

        Assert.Equal((9L, "entry 9 was inserted"), (check.FirstWrong, check.Result));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(22)]
    public void An_entry_of_another_store_is_found(int number)
    {
        using var trail = new TamperedTrail();
        using var other = new TamperedTrail();
        trail.Execute(FormattableString.Invariant($"DELETE FROM audit_event WHERE number = {number}"));
        Append(trail, other.Read()[number - 1]);

        Assert.Equal(number, trail.Check().FirstWrong);
        Assert.Equal("AuditHeadOfOtherStore", Assert.Throws<PatientToolsException>(() => trail.Check(other.Head(3))).ErrorId);
    }

    [Fact]
    public void Any_byte_changed_in_any_field_of_any_entry_is_found()
    {
        using var trail = new TamperedTrail();
        var entries = trail.Read();
        var bytes =
            from number in Gen.Int[1, TamperedTrail.Entries]
            from column in Gen.Int[0, 8]
            from place in Gen.Int[0, 1000]
            from bit in Gen.Int[0, 7]
            select (number, column, place, bit);
        bytes.Sample(
            one =>
            {
                var changed = Changed(entries[one.number - 1], one.column, one.place, (byte)(1 << one.bit));
                return changed is null || !AuditChain.IsHashed(changed);
            },
            iter: 5000,
            seed: "0N0XIzNsQ0O2",
            threads: 1);
    }

    private static void Append(TamperedTrail trail, AuditEntry entry)
    {
        using var writer = trail.Store.BeginWrite();
        writer.AppendAuditEntry(entry);
        writer.Commit();
    }

    private static AuditEntry? Changed(AuditEntry entry, int column, int place, byte bit)
    {
        return column switch
        {
            0 => entry with { Number = entry.Number ^ bit },
            1 => entry with { Time = entry.Time.AddMilliseconds(bit) },
            2 => entry with { Continues = entry.Continues is { } continues ? continues ^ bit : bit },
            3 => entry with { Account = entry.Account is null ? "" : entry.Account[..^1] + (char)(entry.Account[^1] ^ bit) },
            4 => entry with { Count = entry.Count ^ bit },
            5 => entry with { Content = Flip(entry.Content) },
            6 => entry.Patients.IsEmpty ? null : entry with { Patients = Flip(entry.Patients) },
            7 => entry with { Previous = Flip(entry.Previous) },
            _ => entry with { Hash = Flip(entry.Hash) },
        };

        byte[] Flip(ReadOnlyMemory<byte> field)
        {
            var bytes = field.ToArray();
            bytes[place % bytes.Length] ^= bit;
            return bytes;
        }
    }
}

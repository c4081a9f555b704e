using System.Text;
using PatientTools.Accounts;
using PatientTools.Auditing;

namespace PatientTools.Core.Tests.Auditing;

/// <summary>Heads and contents are read as they were written.</summary>
public class AuditHeadTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Store = "01935c1e-7b1a-7c3e-9d2f-0123456789ab";

    [Fact]
    public void A_head_is_one_line_and_is_read_back()
    {
        var head = new AuditHead(Guid.Parse(Store), 42, new DateTime(2026, 3, 1, 8, 0, 0, 123, DateTimeKind.Utc), Hash);

        Assert.Equal($"ptah1:{Store}:42:1772352000123:{Hash}", head.ToString());
        Assert.Equal(head, AuditHead.Parse(head.ToString()));
        Assert.Equal(head, AuditHead.Parse($"  {head}\n"));
    }

    [Theory]
    [InlineData("", "does not begin with")]
    [InlineData($"ptah2:{Store}:1:1:{Hash}", "does not begin with")]
    [InlineData($"ptah1:{Store}:1:{Hash}", "five parts")]
    [InlineData($"ptah1:store:1:1:{Hash}", "id of a store")]
    [InlineData($"ptah1:{Store}:-1:1:{Hash}", "number of an entry")]
    [InlineData($"ptah1:{Store}:1:9223372036854775807:{Hash}", "not a time")]
    [InlineData($"ptah1:{Store}:1:1:{Hash}0", "not a hash")]
    [InlineData($"ptah1:{Store}:1:1:zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "not a hash")]
    public void What_is_no_head_is_refused_and_said_why(string text, string problem)
    {
        var error = Assert.Throws<PatientToolsException>(() => AuditHead.Parse(text));

        Assert.Equal("AuditHeadInvalid", error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_content_is_compact_in_a_fixed_order_and_is_read_back()
    {
        var content = new AuditContent
        {
            Details = "Name \"ä\"",
            Session = Guid.Parse(Store),
            Role = StoreRole.Auditor,
            UserName = "ada",
            Machine = "desk",
            ProcessId = 7,
            Command = "Find-Patient",
            Reason = "Prüfung",
            ErrorId = "StoreBusy",
        };

        Assert.Equal(
            $$"""{"session":"{{Store}}","role":"Auditor","user":"ada","machine":"desk","process":7,"command":"Find-Patient","reason":"Prüfung","error":"StoreBusy","details":"Name \"ä\""}""",
            Encoding.UTF8.GetString(content.ToJson()));
        Assert.Equal(content, AuditContent.Parse(content.ToJson()));
        Assert.Equal("{}", Encoding.UTF8.GetString(new AuditContent().ToJson()));
        Assert.Equal("\uFFFD", AuditContent.Parse(new AuditContent { Reason = "\uD800" }.ToJson()).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"user\":\"ada\"")]
    [InlineData("{\"user\":\"ada\",\"role\":[1],\"process\":\"x\",\"session\":\"?\",\"new\":{\"user\":\"eve\"}}")]
    public void Whatever_a_content_was_made_into_is_read_as_far_as_it_goes(string json) =>
        Assert.Equal(new AuditContent { UserName = json.Length == 0 ? null : "ada" }, AuditContent.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Any_content_is_read_back_and_any_piece_of_one_is_read()
    {
        var random = new Random(20261124);
        for (var round = 0; round < 300; round++)
        {
            var content = new AuditContent
            {
                Session = random.Next(2) == 0 ? Guid.NewGuid() : null,
                Role = random.Next(2) == 0 ? (StoreRole)random.Next(1, 5) : null,
                UserName = Text(random),
                Machine = Text(random),
                ProcessId = random.Next(2) == 0 ? random.Next() : null,
                Command = Text(random),
                Reason = Text(random),
                ErrorId = Text(random),
                Details = Text(random),
            };
            var json = content.ToJson();
            Assert.Equal(content, AuditContent.Parse(json));
            for (var length = 0; length < json.Length; length++)
            {
                var piece = AuditContent.Parse(json.AsSpan(0, length));
                Assert.True(piece.UserName is null || piece.UserName == content.UserName);
                Assert.True(piece.Details is null || piece.Details == content.Details);
            }

            json[random.Next(json.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotNull(AuditContent.Parse(json));
        }
    }

    private static string? Text(Random random)
    {
        string[] pieces = ["a", "\0", "\n", "\"", "\\", "ä", "\u2028", "\u202E", "😀", "<b>", "details", "\uFFFF"];
        return random.Next(3) == 0 ? null : string.Concat(random.GetItems(pieces, random.Next(6)));
    }
}

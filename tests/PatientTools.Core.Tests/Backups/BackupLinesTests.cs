using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Backups;

public class BackupLinesTests
{
    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        GenStates.Patient.Sample(state => AssertSame(state, BackupLines.Write, BackupLines.ReadPatient, SamePatient), iter: 2000);
        GenStates.Record.Sample(state => AssertSame(state, BackupLines.Write, BackupLines.ReadRecord, SameRecord), iter: 2000);
        GenStates.Mark.Sample(mark => AssertSame(mark, BackupLines.Write, BackupLines.ReadPurge, Assert.Equal), iter: 500);
        GenStates.Account.Sample(account => AssertSame(account, BackupLines.Write, BackupLines.ReadAccount, Assert.Equal), iter: 500);
        Gen.Select(GenStates.Text, GenStates.Text).Select(KeyValuePair.Create).Sample(setting => AssertSame(setting, BackupLines.Write, BackupLines.ReadSetting, Assert.Equal), iter: 500);
    }

    [Fact]
    public void An_entry_of_the_trail_keeps_every_byte_even_when_somebody_has_changed_it() =>
        GenStates.Entry.Sample(entry => AssertSame(entry, BackupLines.Write, BackupLines.ReadAuditEntry, SameEntry), iter: 3000);

    [Fact]
    public void What_is_cut_or_has_something_too_many_is_refused()
    {
        GenStates.Patient.Sample(state => AssertRefused(state, BackupLines.Write, BackupLines.ReadPatient), iter: 30);
        GenStates.Account.Sample(account => AssertRefused(account, BackupLines.Write, BackupLines.ReadAccount), iter: 10);
        GenStates.Entry.Sample(entry => AssertRefused(entry, BackupLines.Write, BackupLines.ReadAuditEntry), iter: 20);
    }

    [Fact]
    public void A_changed_byte_is_refused_or_changes_what_is_read_and_never_breaks_anything_else()
    {
        Gen.Select(GenStates.Record, Gen.Int, Gen.Byte[1, 255]).Sample(
            (state, place, change) =>
            {
                var line = LineOf(state, BackupLines.Write);
                line[(int)((uint)place % (uint)line.Length)] ^= change;
                try
                {
                    Assert.NotNull(BackupLines.ReadRecord(line).ResourceType);
                }
                catch (InvalidDocumentException e)
                {
                    Assert.Equal("BackupLineInvalid", e.ErrorId);
                }
            },
            iter: 3000);
    }

    [Fact]
    public void The_document_is_cut_out_of_the_line()
    {
        var document = PatientDocument.Parse("""{"resourceType":"Patient","n":[1.50,1E400,"\u00e4\/"]}""");
        ReadOnlyMemory<byte> line = LineOf(new PatientState(new PatientStamp(1, default, 1, 1, DateTime.UnixEpoch, DateTime.UnixEpoch, false, null, null), document, "{}"u8.ToArray()), BackupLines.Write);

        var read = BackupLines.ReadPatient(line);

        Assert.True(line.Span.Overlaps(read.Document.Utf8.Span));
        Assert.True(line.Span.Overlaps(read.Legacy!.Value.Span));
    }

    [Fact]
    public void A_document_with_a_line_break_is_damage()
    {
        var state = new PatientState(new PatientStamp(1, default, 1, 1, DateTime.UnixEpoch, DateTime.UnixEpoch, false, null, null), PatientDocument.FromStore("{\n}"u8.ToArray()), null);

        Assert.Equal("StoreDamaged", Assert.Throws<PatientToolsException>(() => LineOf(state, BackupLines.Write)).ErrorId);
    }

    private static byte[] LineOf<T>(T state, Action<T, IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(state, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void AssertSame<T>(T state, Action<T, IBufferWriter<byte>> write, Func<ReadOnlyMemory<byte>, T> read, Action<T, T> same)
    {
        var line = LineOf(state, write);
        Assert.Equal(-1, line.AsSpan().IndexOfAny((byte)'\n', (byte)'\r'));
        using (JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepth + 1 }))
        {
            // Anybody's reader takes it.
        }

        var back = read(line);
        same(state, back);
        Assert.Equal(line, LineOf(back, write));
    }

    private static void AssertRefused<T>(T state, Action<T, IBufferWriter<byte>> write, Func<ReadOnlyMemory<byte>, T> read)
    {
        var line = LineOf(state, write);
        for (var length = 0; length < line.Length; length++)
        {
            var cut = line[..length];
            Assert.Equal("BackupLineInvalid", Assert.Throws<InvalidDocumentException>(() => read(cut)).ErrorId);
        }

        foreach (var added in new[] { "x", ",\"more\":1}", " ", "}" })
        {
            byte[] longer = [.. line, .. Encoding.UTF8.GetBytes(added)];
            Assert.Equal("BackupLineInvalid", Assert.Throws<InvalidDocumentException>(() => read(longer)).ErrorId);
        }
    }

    private static void SamePatient(PatientState one, PatientState other)
    {
        Assert.Equal(one.Stamp, other.Stamp);
        Assert.Equal(DateTimeKind.Utc, other.Stamp.Modified.Kind);
        Assert.Equal(one.Document, other.Document);
        Assert.Equal(one.Legacy?.ToArray(), other.Legacy?.ToArray());
    }

    private static void SameRecord(RecordState one, RecordState other)
    {
        Assert.Equal(one with { Json = default }, other with { Json = default });
        Assert.Equal(one.Json.ToArray(), other.Json.ToArray());
    }

    private static void SameEntry(AuditEntry one, AuditEntry other)
    {
        Assert.Equal(Bare(one), Bare(other));
        Assert.Equal(one.Content.ToArray(), other.Content.ToArray());
        Assert.Equal(one.Patients.ToArray(), other.Patients.ToArray());
        Assert.Equal(one.Previous.ToArray(), other.Previous.ToArray());
        Assert.Equal(one.Hash.ToArray(), other.Hash.ToArray());

        static AuditEntry Bare(AuditEntry entry) => entry with { Content = default, Patients = default, Previous = default, Hash = default };
    }
}

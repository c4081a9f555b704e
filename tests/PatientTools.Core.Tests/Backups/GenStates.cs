using System.Text;
using CsCheck;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Core.Tests.Patients;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Backups;

/// <summary>Generates states as a store may hold them.</summary>
internal static class GenStates
{
    public static readonly Gen<string> Text = Of("a", "ä", "\"", "\\", "\n", "\r", "\t", "\0", "\u001f", "\u2028", "😀", "/", "'", " ", "\u007f", "<", "}").Array[0, 8].Select(string.Concat);

    public static readonly Gen<string?> TextOrNull = Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text));

    public static readonly Gen<DateTime> Time = Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Select(milliseconds => DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond));

    public static readonly Gen<DateTime?> TimeOrNull = Gen.OneOf(Gen.Const((DateTime?)null), Time.Select(time => (DateTime?)time));

    private static readonly Gen<byte[]> Json = GenJson.Object.Select(json => Encoding.UTF8.GetBytes(json.Compact));

    private static readonly Gen<PartialDate?> Date = Of<PartialDate?>(null, new PartialDate(1), new PartialDate(1958), new PartialDate(1958, 12), new PartialDate(9999, 12, 31));

    private static readonly Gen<PatientStamp> Stamp =
        Gen.Select(Gen.Long, Gen.Guid, Gen.Long[1, long.MaxValue], Gen.Long, Gen.Select(Time, Time), Gen.Bool, Gen.Select(TextOrNull, TextOrNull)).Select((key, id, version, sequence, times, removed, source) =>
            new PatientStamp(key, new PatientId(id), version, sequence, times.Item1, times.Item2, removed, source.Item1, source.Item2));

    public static Gen<PatientState> Patient { get; } = Gen.Select(Stamp, Json, Gen.OneOf(Gen.Const((byte[]?)null), Json.Select(json => (byte[]?)json))).Select((stamp, document, legacy) =>
        new PatientState(stamp, PatientDocument.FromStore(document), legacy is null ? default(ReadOnlyMemory<byte>?) : legacy));

    public static Gen<RecordState> Record { get; } =
        Gen.Select(Stamp, Text, Text, TextOrNull, Date, Json).Select((stamp, type, id, other, date, json) =>
            new RecordState(stamp.Key, stamp.Sequence, type, id, other, stamp.Version, stamp.Sequence, stamp.Modified, stamp.IsRemoved, stamp.Source, date, json));

    public static Gen<PurgeMark> Mark { get; } = Gen.Select(Gen.Guid, Gen.Long, Time).Select((id, sequence, time) => new PurgeMark(new PatientId(id), sequence, time));

    public static Gen<AccountState> Account { get; } =
        Gen.Select(Gen.Guid, Text, Gen.Enum<StoreRole>(), Gen.Bool, Text, Gen.Select(Time, Time, Time), Gen.Int[0, int.MaxValue], Gen.Select(TimeOrNull, TimeOrNull)).Select((id, name, role, disabled, password, times, failed, last) =>
            new AccountState(id, name, name + "!", role, disabled, password, times.Item1, times.Item2, times.Item3, failed, last.Item1, last.Item2));

    /// <summary>Entries as we write them, and as somebody may have changed them from outside.</summary>
    public static Gen<AuditEntry> Entry { get; } =
        Gen.Select(
            Gen.Select(Gen.Long, Time, Gen.OneOf(Gen.Const((long?)null), Gen.Long.Select(number => (long?)number))),
            TextOrNull,
            Gen.OneOf(Gen.Enum<StoreOperation>(), Of((StoreOperation)0, (StoreOperation)999)),
            Gen.OneOf(Gen.Enum<AuditOutcome>(), Gen.Const((AuditOutcome)0)),
            Gen.OneOf(Json, Gen.Byte.Array[0, 20], Of("{}", "{\"a\": 1}", " {}", "{} ", "{\"a\":\n1}", "{\"a\":1}{}", "[1]", "{", "{\"contentBytes\":\"\"}").Select(Encoding.UTF8.GetBytes)),
            Gen.Long,
            Gen.Byte.Array[0, 48],
            Gen.Select(Gen.Byte.Array[32], Gen.OneOf(Gen.Byte.Array[32], Gen.Const(Array.Empty<byte>())))).Select((head, account, operation, outcome, content, count, patients, hashes) =>
                new AuditEntry(head.Item1, head.Item2, head.Item3, account, operation, outcome, content, count, patients, hashes.Item1, hashes.Item2));

    public static Gen<T> Of<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);
}

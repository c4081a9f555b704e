using System.Text;
using CsCheck;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Search;

/// <summary>Whatever is written, the entries in the store are those that would be made anew.</summary>
public sealed class EntryMaintenanceTests
{
    private static readonly Gen<(string Family, string[] Codes)> Import =
        Gen.Select(Gen.OneOf("Abel", "Zöller"), Gen.OneOf("A01", "A02", "B01", "").Array[0, 4]);

    [Fact]
    public void Entries_are_those_of_the_present_state() =>
        Gen.Select(Import.Array[1, 5], Gen.Int[0, 4]).Sample(
            (imports, removedAfter) =>
            {
                using var writer = new MemoryWriter();
                var transaction = Begin(writer);
                for (var i = 0; i < imports.Length; i++)
                {
                    transaction.Apply(new ImportPatient(Item(imports[i].Family, imports[i].Codes), "test"));
                    AssertBalanced(writer);
                    if (i == removedAfter)
                    {
                        var id = writer.ReadState(1)!.Stamp.Id;
                        transaction.Apply(new RemovePatient(id, null));
                        AssertBalanced(writer);
                        transaction.Apply(new RestorePatient(id));
                        AssertBalanced(writer);
                    }
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1000);

    [Fact]
    public void A_code_that_another_entry_names_stays()
    {
        using var writer = new MemoryWriter();
        var transaction = Begin(writer);
        transaction.Apply(new ImportPatient(Item("Abel", ["A01", "A01"]), "test"));
        transaction.Apply(new ImportPatient(Item("Abel", ["B01", "A01"]), "test"));
        Assert.Equal(["a01\0A01", "b01\0B01"], Codes(writer));
        transaction.Apply(new ImportPatient(Item("Abel", ["B01", "B01"]), "test"));
        Assert.Equal(["b01\0B01"], Codes(writer));
    }

    private static PatientTransaction Begin(MemoryWriter writer) => new(writer, StoreSettings.Defaults with { MrnSystem = "urn:x" }, new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc));

    private static IEnumerable<string> Codes(MemoryWriter writer) =>
        writer.Entries.Where(entry => entry.Kind == SearchEntryKind.Condition).Select(entry => entry.Term).Order(StringComparer.Ordinal);

    private static void AssertBalanced(MemoryWriter writer) =>
        Assert.Equal([.. SearchEntries.Of(writer.ReadState(1)!, writer.ReadSearchableRecord(1))], writer.Entries);

    private static PatientItem Item(string family, string[] codes) => new(
        new SourcePlace("test"),
        PatientDocument.Parse($$"""{"resourceType":"Patient","id":"1","birthDate":"1958","name":[{"family":"{{family}}"}]}"""),
        null,
        [.. codes.Select((code, index) => RecordResource.Parse(Encoding.UTF8.GetBytes(
            $$$"""{"resourceType":"Condition","id":"c{{{index}}}","code":{"coding":[{"code":"{{{code}}}"}]}}""")))],
        "1");
}

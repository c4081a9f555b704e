using System.Text;
using CsCheck;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Interchange;

public sealed class ExportTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private static ExportItem Item(PatientItem item) =>
        new(new Patient(), item.Document.Utf8, item.Legacy, item.Record.Select(resource => (ReadOnlyMemory<byte>)resource.Json));

    private static PatientItem Sample(string id) => (PatientItem)PatientSources.FromText($$"""{"resourceType":"Patient","id":"{{id}}"}""").Read().Single();

    [Theory]
    [InlineData("out.ndjson")]
    [InlineData("out.ndjson.gz")]
    [InlineData("out.json")]
    [InlineData("out.json.gz")]
    public void Documents_record_and_legacy_come_back_as_they_were(string name)
    {
        var bundles = PatientSources.Open(SharedData.PathOf("synthea/bundles.zip")).Read().OfType<PatientItem>().Take(3).ToList();
        var items = bundles.Select((item, i) => i == 0 ? item with { Legacy = """{"Kasse":"AOK","n":1.50}"""u8.ToArray() } : item).ToList();
        var result = PatientExport.Write(_sandbox.At(name), items.Select(Item), new ExportOptions { WithRecord = true });
        var back = PatientSources.Open(_sandbox.At(name)).Read().Cast<PatientItem>().ToList();

        Assert.Equal((_sandbox.At(name), 3, new FileInfo(_sandbox.At(name)).Length), (result.Path, result.Patients, result.Bytes));
        foreach (var (before, after) in items.Zip(back, (before, after) => (before, after)))
        {
            Assert.Equal(before.Document, after.Document);
            Assert.Equal(before.Legacy, after.Legacy);
            Assert.Equal(before.Record.Select(resource => Encoding.UTF8.GetString(resource.Json)), after.Record.Select(resource => Encoding.UTF8.GetString(resource.Json)));
        }
    }

    [Fact]
    public void Any_document_survives_ndjson_to_the_digit()
    {
        var text = Gen.String[Gen.Char.Where(c => !char.IsSurrogate(c)), 0, 20];
        var number = Gen.OneOf("0", "-1.50", "1e+3", "123456789012345678901234567890.10", "0.00");
        var member = Gen.Select(text, number, text, (name, n, value) => $"{System.Text.Json.JsonSerializer.Serialize("x" + name)}:[{n},{System.Text.Json.JsonSerializer.Serialize(value)},null,{{}}]");
        member.Array[0, 8].Sample(
            members =>
            {
                var distinct = members.DistinctBy(m => m.Split(':')[0]);
                PatientDocument document;
                try
                {
                    document = PatientDocument.Parse("{" + string.Join(" ,\n", distinct.Prepend("\"resourceType\":\"Patient\"")) + "}");
                }
                catch (InvalidDocumentException e) when (e.ErrorId == "DuplicateJsonMember")
                {
                    return;
                }

                PatientExport.Write(_sandbox.At("p.ndjson"), [new ExportItem(new Patient(), document.Utf8)], new ExportOptions { Overwrite = true });
                var back = (PatientItem)PatientSources.Open(_sandbox.At("p.ndjson")).Read().Single();
                SameJson.Assert(document.Utf8, back.Document.Utf8);
                Assert.Equal(document, back.Document);
            },
            seed: "0N0XIzNsQ0O2",
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void Without_record_what_is_written_is_pure_fhir()
    {
        PatientExport.Write(_sandbox.At("a.ndjson"), [Item(Sample("a") with { Legacy = "{\"x\":\"y\"}"u8.ToArray() }), Item(Sample("b"))]);

        Assert.Equal("{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":\"Patient\",\"id\":\"b\"}\n", File.ReadAllText(_sandbox.At("a.ndjson")));
    }

    [Fact]
    public void Nothing_to_write_is_an_empty_file_or_array()
    {
        PatientExport.Write(_sandbox.At("a.ndjson"), []);
        PatientExport.Write(_sandbox.At("a.json"), []);
        PatientExport.Write(_sandbox.At("a.csv"), []);

        Assert.Equal("", File.ReadAllText(_sandbox.At("a.ndjson")));
        Assert.Equal("[\n\n]\n", File.ReadAllText(_sandbox.At("a.json")));
        Assert.Equal(string.Join(',', PatientExport.DefaultColumns) + "\r\n", File.ReadAllText(_sandbox.At("a.csv")));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 228", "'+49 228")]
    [InlineData("-x", "'-x")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a=b", "a=b")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData(null, "")]
    public void Csv_values_are_quoted_and_guarded_against_formulas(string? value, string written)
    {
        PatientExport.Write(_sandbox.At("a.csv"), [new ExportItem(new Patient { Phone = value, City = "Köln" }, default)], new ExportOptions { Columns = ["phone", "City"] });

        Assert.Equal($"Phone,City\r\n{written},Köln\r\n", File.ReadAllText(_sandbox.At("a.csv")));
    }

    [Fact]
    public void Csv_can_have_a_mark_another_separator_and_no_guard()
    {
        PatientExport.Write(_sandbox.At("a.csv"), [new ExportItem(new Patient { Phone = "+49" }, default)], new ExportOptions { Columns = ["Phone", "Deceased"], ByteOrderMark = true, Delimiter = ';', GuardFormulas = false });

        Assert.Equal([0xEF, 0xBB, 0xBF, .. "Phone;Deceased\r\n+49;false\r\n"u8], File.ReadAllBytes(_sandbox.At("a.csv")));
    }

    [Fact]
    public void Wrong_options_are_told_before_a_file_is_made()
    {
        string Error(string name, ExportOptions options) => Assert.Throws<PatientToolsException>(() => PatientExport.Write(_sandbox.At(name), [], options)).ErrorId;

        Assert.Equal("UnknownExportColumn", Error("a.csv", new ExportOptions { Columns = ["Familyname", "Famlyname"] }));
        Assert.Equal("InvalidExportOptions", Error("a.csv", new ExportOptions { WithRecord = true }));
        Assert.Equal("InvalidExportOptions", Error("a.ndjson", new ExportOptions { Columns = ["City"] }));
        Assert.Equal("FolderNotFound", Error("none/a.csv", new ExportOptions()));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder));
    }

    [Fact]
    public void A_failure_leaves_nothing_and_keeps_what_was_there()
    {
        IEnumerable<ExportItem> Failing()
        {
            yield return Item(Sample("a"));
            throw new InvalidOperationException("source failed");
        }

        File.WriteAllText(_sandbox.At("a.ndjson"), "old");
        Assert.Throws<InvalidOperationException>(() => PatientExport.Write(_sandbox.At("a.ndjson"), Failing(), new ExportOptions { Overwrite = true }));
        Assert.Throws<InvalidOperationException>(() => PatientExport.Write(_sandbox.At("b.json.gz"), Failing()));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => PatientExport.Write(_sandbox.At("c.csv"), [Item(Sample("a"))], cancellationToken: stop.Token));

        Assert.Equal("old", File.ReadAllText(_sandbox.At("a.ndjson")));
        Assert.Equal([_sandbox.At("a.ndjson")], Directory.GetFileSystemEntries(_sandbox.Folder));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_when_asked()
    {
        File.WriteAllText(_sandbox.At("a.ndjson"), "old");
        Assert.Equal("FileExists", Assert.Throws<PatientToolsException>(() => PatientExport.Write(_sandbox.At("a.ndjson"), [])).ErrorId);
        PatientExport.Write(_sandbox.At("a.ndjson"), [], new ExportOptions { Overwrite = true });

        Assert.Equal("", File.ReadAllText(_sandbox.At("a.ndjson")));
    }

    [Fact]
    public void Progress_counts_patients()
    {
        var told = new List<long>();
        PatientExport.Write(_sandbox.At("a.ndjson"), [Item(Sample("a")), Item(Sample("b"))], progress: new Recorder(told.Add));

        Assert.Equal([1, 2], told);
    }

    [Fact]
    public void A_whole_file_belongs_to_its_owner_and_appears_on_commit()
    {
        using (var file = WholeFile.Create(_sandbox.At("a")))
        {
            file.Stream.Write("hello"u8);
            Assert.False(File.Exists(_sandbox.At("a")));
            file.Commit();
        }

        Assert.Equal("hello", File.ReadAllText(_sandbox.At("a")));
        Assert.Single(Directory.GetFileSystemEntries(_sandbox.Folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_sandbox.At("a")));
        }
    }

    [Fact]
    public void A_whole_file_refuses_a_folder_and_what_appeared_meanwhile()
    {
        Assert.Equal("PathIsFolder", Assert.Throws<PatientToolsException>(() => WholeFile.Create(_sandbox.Folder)).ErrorId);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("PathIsDevice", Assert.Throws<PatientToolsException>(() => WholeFile.Create("/dev/null", overwrite: true)).ErrorId);
        }

        using (var file = WholeFile.Create(_sandbox.At("a")))
        {
            File.WriteAllText(_sandbox.At("a"), "theirs");
            Assert.Equal("FileExists", Assert.Throws<PatientToolsException>(file.Commit).ErrorId);
        }

        Assert.Equal("theirs", File.ReadAllText(_sandbox.At("a")));
        Assert.Single(Directory.GetFileSystemEntries(_sandbox.Folder));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var cause = Assert.ThrowsAny<IOException>(() => full.Write(new byte[100]));

        Assert.Equal(("DiskFull", ErrorKind.Full), (FileErrors.Writing("a", cause).ErrorId, FileErrors.Writing("a", cause).Kind));
    }

    private sealed class Recorder(Action<long> record) : IProgress<long>
    {
        public void Report(long value) => record(value);
    }
}

using System.Text;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Processes;

public sealed class ForgettingTests
{
    private static readonly string[] Traces = ["xanthippenstein", "quirinusgasse", "j012345677", "z987654321", "zweitname", "befundtext"];

    [Fact]
    public async Task What_is_purged_is_in_no_byte_of_the_stores_files()
    {
        using var store = await ProcessStore.Make("""
            $null = New-PatientSample 200 -Seed 1 | Import-Patient
            $null = '{"resourceType":"Bundle","type":"collection","entry":[
                {"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"J012345677"}],
                    "name":[{"family":"Xanthippenstein","given":["Anna"]}],"address":[{"line":["Quirinusgasse 7"],"city":"Bonn"}]}},
                {"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"note":[{"text":"Befundtext"}]}}]}' | Import-Patient
            $patient = Get-Patient -Kvnr J012345677
            Set-Patient $patient.Id -FamilyName Zweitname -Kvnr Z987654321
            Remove-Patient $patient.Id -Confirm:$false
            Restore-Patient $patient.Id
            """);
        Assert.Equal(Traces.Order(StringComparer.Ordinal), TracesIn(store.Folder));

        using var process = ShellProcess.Start(store.Arguments("""
            Remove-Patient (Get-Patient -Kvnr Z987654321).Id -Purge -Force -Confirm:$false
            'purged'
            $null = [Console]::In.ReadLine()
            """));
        Assert.Equal("purged", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Empty(TracesIn(store.Folder));
        process.StandardInput.Close();
        Assert.Equal(0, (await ShellProcess.Finish(process)).ExitCode);
        Assert.Empty(TracesIn(store.Folder));
        await store.IsSound();
    }

    /// <summary>Whatever is written in upper or lower case, and in one or two bytes a letter.</summary>
    private static IEnumerable<string> TracesIn(string folder)
    {
        var texts = Directory.GetFiles(folder).Select(File.ReadAllBytes)
            .SelectMany(bytes => new[] { Encoding.Latin1.GetString(bytes), Encoding.Unicode.GetString(bytes), Encoding.Unicode.GetString(bytes.AsSpan(Math.Min(1, bytes.Length))) })
            .ToList();
        return Traces.Where(trace => texts.Exists(text => text.Contains(trace, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal);
    }
}

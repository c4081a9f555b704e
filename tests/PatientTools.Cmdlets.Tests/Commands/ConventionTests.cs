using System.Management.Automation;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>What users of such modules complain about, and what PowerShell promises for every cmdlet.</summary>
public sealed class ConventionTests : IDisposable
{
    private readonly StoreShell _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_forced_import_exports_everything_again_and_closes_stores()
    {
        var before = _store.One<int>("@(Get-Command -Module PatientTools).Count");
        Assert.Equal(before, _store.One<int>($"Import-Module '{Places.ModuleManifest}' -Force; @(Get-Command -Module PatientTools).Count"));
        Assert.False(_store.One<bool>("$store.IsOpen"));
    }

    [Fact]
    public void Removing_the_module_closes_its_stores() => Assert.False(_store.One<bool>("Remove-Module PatientTools; $store.IsOpen"));

    [Fact]
    public void A_runspace_closes_what_it_opened_and_nothing_else()
    {
        _store.Run("$null = New-Patient -FamilyName A").Succeeded();
        var session = _store.Run("$store").Values<object>()[0];
        object inner;
        using (var other = HostedShell.Start())
        {
            other.Set("shared", session);
            other.Set("folder", _store.Folder);
            Assert.Single(other.Run("Find-Patient -Store $shared").Succeeded().Output);
            other.Run("Find-Patient").FailedWith("NotConnected");
            inner = other.Run("Connect-PatientStore \"$folder/test.ptstore\"").Values<object>()[0];
            Assert.Single(other.Run("Find-Patient").Succeeded().Output);
            other.Run("Remove-Module PatientTools").Succeeded();
        }

        Assert.False((bool)PSObject.AsPSObject(inner).Properties["IsOpen"].Value);
        Assert.True(_store.One<bool>("$store.IsOpen"));
        Assert.Single(_store.Run("Find-Patient").Succeeded().Output);
    }

    [Fact]
    public void Closing_a_runspace_closes_its_stores()
    {
        object inner;
        using (var other = HostedShell.Start())
        {
            other.Set("folder", _store.Folder);
            inner = other.Run("Connect-PatientStore \"$folder/test.ptstore\"").Values<object>()[0];
            Assert.True((bool)PSObject.AsPSObject(inner).Properties["IsOpen"].Value);
        }

        Assert.False((bool)PSObject.AsPSObject(inner).Properties["IsOpen"].Value);
    }

    [Fact]
    public void Stopping_a_search_ends_at_once_and_the_session_goes_on()
    {
        _store.Run("New-PatientSample -Count 2000 -Seed 1 | Import-Patient").Succeeded();
        Assert.Empty(_store.Shell.RunAndStopAfter(3, "Find-Patient").Errors);
        Assert.Empty(_store.Shell.RunAndStopAfter(3, "New-PatientSample -Count 100000000 -Seed 1").Errors);
        Assert.Equal("2000", _store.Texts("Find-Patient -First 0 -IncludeTotalCount")[0]);
    }

    [Fact]
    public void Stopping_an_import_or_a_change_leaves_whole_transactions()
    {
        _store.Run("New-PatientSample -Count 2000 -Seed 1 | Import-Patient").Succeeded();
        _store.Shell.RunAndStopAfter(40, "Find-Patient | Set-Patient -City Neustadt -PassThru");
        var changed = _store.One<long>("@(Find-Patient -City Neustadt).Count");
        Assert.InRange(changed, 40, 2000);
        Assert.True(_store.One<bool>("Test-PatientStore -Full -Quiet"));
    }

    [Fact]
    public void Flow_control_passes_through()
    {
        _store.Run("New-PatientSample -Count 500 -Seed 1 | Import-Patient").Succeeded();
        Assert.Single(_store.Run("foreach ($once in 1) { Find-Patient | ForEach-Object { $_; break } }").Succeeded().Output);
        Assert.Equal("from downstream", _store.Run("Find-Patient | ForEach-Object { throw 'from downstream' }").Terminating!.ToString());
        Assert.Equal("PatientNotFound", _store.Run("Get-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab -ErrorAction Stop").Terminating!.FullyQualifiedErrorId.Split(',')[0]);
    }

    [Theory]
    [InlineData("New-PatientStore \"$folder/new.ptstore\" -WhatIf")]
    [InlineData("New-Patient -FamilyName A -WhatIf")]
    [InlineData("Find-Patient | Set-Patient -City Nirgends -WhatIf")]
    [InlineData("Find-Patient | Remove-Patient -WhatIf")]
    [InlineData("Find-Patient | Remove-Patient -Purge -Force -WhatIf")]
    [InlineData("$r | Restore-Patient -WhatIf")]
    [InlineData("New-PatientSample -Count 5 -Seed 77 | Import-Patient -WhatIf")]
    [InlineData("Import-Patient \"$folder/one.ndjson\" -WhatIf")]
    [InlineData("Export-Patient \"$folder/out.ndjson\" -WhatIf")]
    [InlineData("New-PatientSample 5 | Test-PatientBatch | Export-PatientValidationReport \"$folder/out.json\" -WhatIf")]
    [InlineData("Set-PatientStoreSetting MrnDigits 5 -WhatIf")]
    [InlineData("Repair-PatientStore -WhatIf")]
    [InlineData("Optimize-PatientStore -WhatIf")]
    [InlineData("Repair-PatientStore \"$folder/test.ptstore\" -Destination \"$folder/out.ptstore\" -WhatIf")]
    [InlineData("New-PatientStore \"$folder/new.ptstore\" -Credential $credential -WhatIf")]
    [InlineData("New-PatientStoreAccount $credential -Role Administrator -WhatIf")]
    [InlineData("Set-PatientStoreAccount anna -Role Reader -Status Disabled -WhatIf")]
    [InlineData("Set-PatientStoreAccount -OldPassword $credential.Password -Password $credential.Password -WhatIf")]
    [InlineData("Remove-PatientStoreAccount anna -WhatIf")]
    [InlineData("Unlock-PatientStoreAccount anna -PassThru -WhatIf")]
    [InlineData("Reset-PatientStoreAdministrator \"$folder/test.ptstore\" $credential -WhatIf")]
    [InlineData("New-PatientBackup \"$folder/backups\" -WhatIf")]
    [InlineData("New-PatientBackup \"$folder/new\" -Incremental -Force -Password $credential.Password -WhatIf")]
    [InlineData("$null = Remove-PatientBackup \"$folder/backups\" -KeepLast 1 -WhatIf")]
    [InlineData("Restore-PatientBackup $backup.Path \"$folder/out.ptstore\" -WhatIf")]
    [InlineData("Restore-PatientBackup $backup.Path \"$folder/test.ptstore\" -Replace -WhatIf")]
    [InlineData("Restore-PatientBackup $backup.Path \"$folder/test.ptstore\" -PatientId $r.Id -WhatIf")]
    [InlineData("Disconnect-PatientStore -WhatIf; $null = Get-PatientStore")]
    [InlineData("$other = Connect-PatientStore \"$folder/test.ptstore\"; $null = Get-PatientStore; $o = $other; Disconnect-PatientStore -Id $store.SessionId -Store $o -WhatIf; $null = Get-PatientStore -Store $store; Disconnect-PatientStore $o; $null = Connect-PatientStore \"$folder/test.ptstore\"")]
    public void WhatIf_writes_nothing(string script)
    {
        _store.Write("one.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"p1\"}");
        _store.Shell.Set("credential", ProtectedStore.Credential("anna"));
        _store.Run("New-PatientSample -Count 5 -Seed 1 | Import-Patient; $r = Find-Patient -First 1; $r | Remove-Patient -Confirm:$false; $backup = New-PatientBackup \"$folder/backups\"; $null = New-PatientBackup \"$folder/backups\"").Succeeded();
        var before = State();
        Assert.Empty(_store.Run(script).Succeeded().Output);
        Assert.Equal(before, State());

        string State() => _store.One<string>("$s = Get-PatientStore; \"$($s.Sequence) $($s.Patients) $($s.RemovedPatients) $($s.Settings) $($s.IsProtected)\"")
            + string.Join(' ', Directory.GetFiles(_store.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => !file.Contains("test.ptstore-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_change_supports_WhatIf_and_every_cmdlet_says_what_it_writes()
    {
        string[] silent = ["Disconnect-PatientStore", "Optimize-PatientStore", "Remove-PatientStoreAccount"];
        string[] readers = ["Get", "Find", "Measure", "Connect", "Disconnect", "Test"];
        foreach (var command in _store.Run("Get-Command -Module PatientTools").Values<CmdletInfo>())
        {
            Assert.True(command.OutputType.Count > 0 || silent.Contains(command.Name), command.Name);
            Assert.True(readers.Contains(command.Verb) || command.Name == "New-PatientSample" || command.Parameters.ContainsKey("WhatIf"), command.Name);
            Assert.False(command.Parameters.Values.Any(parameter => parameter.SwitchParameter && parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.Position >= 0)), command.Name);
        }
    }

    [Fact]
    public void Removing_asks_and_without_anybody_to_ask_fails_rather_than_hangs()
    {
        _store.Run("$p = New-Patient -FamilyName A").Succeeded();
        foreach (var script in new[] { "Remove-Patient $p.Id", "Remove-Patient $p.Id -Purge", "Remove-Patient $p.Id -Purge -Confirm" })
        {
            Assert.DoesNotContain("InternalError", Assert.Single(_store.Run(script).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }

        Assert.Single(_store.Run("Find-Patient").Succeeded().Output);
        _store.Run("Remove-Patient $p.Id -Confirm:$false").Succeeded();
    }

    [Theory]
    [InlineData("-Confirm:$false")]
    [InlineData("-Force -Confirm:$false")]
    public void A_purge_asks_nobody_when_it_was_answered_before(string answer)
    {
        _store.Run("$p = New-Patient -FamilyName A").Succeeded();
        _store.Run($"Remove-Patient $p.Id -Purge {answer}").Succeeded();
        Assert.Empty(_store.Run("Find-Patient -IncludeRemoved").Succeeded().Output);
    }

    [Theory]
    [InlineData("Find-Patient -Gender f", "female")]
    [InlineData("Set-PatientStoreSetting Mrnd", "MrnDigits")]
    [InlineData("Export-Patient x.csv -Property Fam", "FamilyName")]
    [InlineData("New-PatientSample -NameStyle g", "German")]
    public void Completes(string line, string expected)
    {
        using var shell = PowerShell.Create(_store.Shell.Runspace);
        var completion = CommandCompletion.CompleteInput(line, line.Length, null, shell);
        Assert.Equal(expected, completion.CompletionMatches[0].CompletionText);
    }

    [Fact]
    public void Progress_is_reported_a_few_times_a_second_at_most()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var result = _store.Run("New-PatientSample -Count 5000 -Seed 1 | Import-Patient").Succeeded();
        var most = (System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds * 4) + 2;
        Assert.InRange(result.Progress.Count, 0, most);
    }

    [Fact]
    public void An_error_names_the_thing_and_has_the_right_category()
    {
        var error = _store.Run("Get-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab").FailedWith("PatientNotFound");
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("01935c1e-7b1a-7c3e-9d2f-0123456789ab", error.TargetObject.ToString());
        Assert.Contains("01935c1e-7b1a-7c3e-9d2f-0123456789ab", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_search_is_silence()
    {
        var result = _store.Run("Find-Patient -Name Nobody").Succeeded();
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Many_runspaces_write_into_one_session()
    {
        var session = _store.Run("$store").Values<object>()[0];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            using var shell = HostedShell.Start();
            shell.Set("shared", session);
            shell.Run($"1..50 | ForEach-Object {{ $null = New-Patient -FamilyName \"W{worker}N$_\" -Store $shared }}").Succeeded();
        });
        Assert.Equal("200", _store.Texts("Find-Patient -First 0 -IncludeTotalCount")[0]);
        Assert.Equal(200, _store.Texts("Find-Patient | ForEach-Object Mrn").Distinct(StringComparer.Ordinal).Count());
    }
}

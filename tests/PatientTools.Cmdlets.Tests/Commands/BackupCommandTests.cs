using System.Management.Automation;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>The cmdlets of backups: what they write, warn of and refuse.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly StoreShell _store = new();

    public BackupCommandTests()
    {
        _store.Shell.Set("secret", ProtectedStore.Secure("Licht auf Wasser 9"));
        _store.Run("""
            $backups = "$folder/backups"
            $path = "$folder/test.ptstore"
            $a = New-Patient -FamilyName Alt -City Bonn
            $b = New-Patient -FamilyName Berg -City Ulm
            """).Succeeded();
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_chain_is_made_shown_and_proven()
    {
        _store.Run("""
            $full = New-PatientBackup $backups -Description 'the first'
            $null = Set-Patient $a.Id -City Köln
            $incremental = New-PatientBackup $backups -Incremental
            """).Succeeded();
        Assert.Equal(
            ["1 Full Usable 1", "2 Incremental Usable 2"],
            _store.Texts("Get-PatientBackup $backups | ForEach-Object { \"$($_.Link) $($_.Kind) $($_.State) $($_.Chain.Count)\" }"));
        Assert.Equal("the first", _store.One<string>("(Get-PatientBackup $backups)[0].Description"));
        Assert.Equal(["True True", "True True"], _store.Texts("Get-PatientBackup $backups | Test-PatientBackup -Restore | ForEach-Object { \"$($_.IsValid) $($_.IsProven)\" }"));
        Assert.Equal(["True False", "True False"], _store.Texts("Get-PatientBackup $backups | Test-PatientBackup | ForEach-Object { \"$($_.IsValid) $($_.IsProven)\" }"));
        Assert.Equal("True", Assert.Single(_store.Texts("Test-PatientBackup $full.Path -Quick -Quiet")));
        Assert.Equal("Incremental", Assert.Single(_store.Texts("Get-PatientBackup $backups -Newest 1 | ForEach-Object Kind")));
        Assert.Equal("Full", Assert.Single(_store.Texts("Get-PatientBackup $full.Path | ForEach-Object Kind")));
        Assert.Empty(_store.Texts("Get-PatientBackup $backups -StoreId ([guid]::NewGuid())"));
    }

    [Fact]
    public void When_nothing_has_changed_there_is_a_warning_and_no_backup()
    {
        _store.Run("$null = New-PatientBackup $backups").Succeeded();
        var result = _store.Run("New-PatientBackup $backups -Incremental").Succeeded();
        Assert.Empty(result.Output);
        Assert.Contains("Nothing has changed", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(_store.Texts("@(Get-PatientBackup $backups).Count")));
        Assert.Equal("Incremental", Assert.Single(_store.Texts("(New-PatientBackup $backups -Incremental -Force).Kind")));
    }

    [Fact]
    public void A_full_one_in_place_of_an_incremental_one_is_explained()
    {
        var result = _store.Run("New-PatientBackup $backups -Incremental").Succeeded();
        Assert.Equal("Full", $"{Assert.Single(result.Output).Properties["Kind"].Value}");
        Assert.NotEmpty(Assert.Single(result.Warnings));
    }

    [Fact]
    public void An_encrypted_one_opens_with_its_password_only()
    {
        _store.Run("$backup = New-PatientBackup $backups -Password $secret").Succeeded();
        Assert.Equal(".ptbackup", _store.One<string>("[IO.Path]::GetExtension($backup.Path)"));
        Assert.Equal("True True", _store.One<string>("$backup | Test-PatientBackup -Restore -Password $secret | ForEach-Object { \"$($_.IsValid) $($_.IsProven)\" }"));
        _store.Run("$backup | Test-PatientBackup").FailedWith("BackupKeyRequired");
        _store.Shell.Set("wrong", ProtectedStore.Secure("Licht auf Wasser 8"));
        _store.Run("Restore-PatientBackup -Confirm:$false $backup.Path \"$folder/out.ptstore\" -Password $wrong").FailedWith("BackupKeyWrong");
        Assert.False(File.Exists(Path.Combine(_store.Folder, "out.ptstore")));
        _store.Run("$null = Restore-PatientBackup -Confirm:$false $backup.Path \"$folder/out.ptstore\" -Password $secret").Succeeded();
    }

    [Fact]
    public void A_new_store_needs_no_session()
    {
        _store.Run("$backup = New-PatientBackup $backups; Disconnect-PatientStore").Succeeded();
        Assert.Equal(2, _store.One<long>("(Restore-PatientBackup -Confirm:$false $backup.Path \"$folder/out.ptstore\").Patients"));
        Assert.Equal("Alt", _store.One<string>("$null = Connect-PatientStore \"$folder/out.ptstore\"; (Get-Patient $a.Id).FamilyName"));
        _store.Run("Restore-PatientBackup -Confirm:$false $backup.Path \"$folder/out.ptstore\"").FailedWith("StoreExists");
    }

    [Fact]
    public void Replacing_keeps_the_store_aside_ends_sessions_and_says_to_connect_again()
    {
        _store.Run("$backup = New-PatientBackup $backups; $null = Set-Patient $a.Id -City Köln; $null = New-Patient -FamilyName Neu").Succeeded();
        _store.Run("Restore-PatientBackup -Confirm:$false $backup.Path $path").FailedWith("StoreExists");
        var result = _store.Run("Restore-PatientBackup $backup.Path $path -Replace -Confirm:$false").Succeeded();
        Assert.Contains("Connect-PatientStore", result.Warnings[^1], StringComparison.Ordinal);
        var aside = Assert.IsType<string>(Assert.Single(result.Output).Properties["KeptAside"].Value);
        Assert.True(File.Exists(aside));
        Assert.Contains(_store.Run("Find-Patient -Store $store").Errors, error => error.FullyQualifiedErrorId.StartsWith("Session", StringComparison.Ordinal));
        Assert.Equal("Bonn 2", _store.One<string>("$null = Connect-PatientStore $path; \"$((Get-Patient $a.Id).City) $((Get-PatientStore).Patients)\""));
        Assert.Equal("RestoreStore Succeeded", _store.One<string>("Get-PatientAuditEvent -Operation RestoreStore | ForEach-Object { \"$($_.Operation) $($_.Outcome)\" }"));
        _store.Shell.Set("aside", aside);
        Assert.Equal("Köln 3", _store.One<string>("$null = Connect-PatientStore $aside; \"$((Get-Patient $a.Id).City) $((Get-PatientStore).Patients)\""));
    }

    [Fact]
    public void Replacing_opens_the_store_itself_when_it_is_not_connected()
    {
        using var store = new ProtectedStore();
        store.Run("""
            $backup = New-PatientBackup "$folder/backups" -Store $sessions.Administrator
            $null = New-Patient -FamilyName Neu -Store $sessions.Administrator
            $sessions.Values | ForEach-Object { Disconnect-PatientStore $_ }
            """).Succeeded();
        store.Run("Restore-PatientBackup $backup.Path $path -Replace -Confirm:$false").FailedWith("CredentialRequired");
        store.Run("Restore-PatientBackup $backup.Path $path -Replace -Confirm:$false -Credential $credentials['Editor']").FailedWith("PermissionDenied");
        store.Run("$null = Restore-PatientBackup $backup.Path $path -Replace -Confirm:$false -Credential $credentials['Administrator'] -WarningAction SilentlyContinue").Succeeded();
        Assert.Equal(0, store.One<long>("$null = Connect-PatientStore $path -Credential $credentials['Administrator']; (Get-PatientStore).Patients"));
    }

    [Fact]
    public void Some_patients_come_back_as_new_versions()
    {
        _store.Run("$backup = New-PatientBackup $backups; $null = Set-Patient $a.Id -City Köln; $null = Set-Patient $b.Id -City Kiel").Succeeded();
        _store.Run("$null = $backup | Restore-PatientBackup -Confirm:$false -Destination $path -PatientId $a").Succeeded();
        Assert.Equal("Bonn 3 Kiel 2", _store.One<string>("$x, $y = Get-Patient $a.Id, $b.Id; \"$($x.City) $($x.Version) $($y.City) $($y.Version)\""));
        _store.Run("$null = $backup | Restore-PatientBackup -Confirm:$false -Destination \"$folder/some.ptstore\" -PatientId $b").Succeeded();
        Assert.Equal("Berg", Assert.Single(_store.Texts("$null = Connect-PatientStore \"$folder/some.ptstore\"; Find-Patient | ForEach-Object FamilyName")));
    }

    [Theory]
    [InlineData("Restore-PatientBackup -Confirm:$false $backup.Path $path -Replace -PatientId $a", "ReplaceOrPatientId")]
    [InlineData("Restore-PatientBackup -Confirm:$false $backup.Path \"$folder/out.ptstore\" -IncludeAccounts", "ReplaceMissing")]
    [InlineData("Restore-PatientBackup $backup.Path \"$folder/other.ptstore\" -Replace -Confirm:$false -Store $store", "StoreIsNotDestination")]
    [InlineData("Restore-PatientBackup -Confirm:$false \"$folder/none.zip\" \"$folder/out.ptstore\"", "BackupNotFound")]
    [InlineData("Restore-PatientBackup -Confirm:$false \"$folder/other.ptstore\" \"$folder/out.ptstore\"", "NotABackup")]
    [InlineData("Test-PatientBackup $backup.Path -Quick -Restore", "QuickOrRestore")]
    [InlineData("Test-PatientBackup \"$folder/none.zip\"", "BackupNotFound")]
    [InlineData("Get-PatientBackup \"$folder/none\"", "FolderNotFound")]
    [InlineData("Remove-PatientBackup -Confirm:$false $backups", "RetentionRulesEmpty")]
    [InlineData("Remove-PatientBackup -Confirm:$false $backups -KeepLast -1", "RetentionRuleInvalid")]
    [InlineData("New-PatientBackup $backups -RecipientKey \"$folder/none.pem\"", "FileNotFound")]
    [InlineData("New-PatientBackup $backups -RecipientKey $backup.Path", "BackupKeyInvalid")]
    [InlineData("$short = [securestring]::new(); $short.AppendChar('x'); New-PatientBackup $backups -Password $short", "BackupPasswordTooShort")]
    public void Refuses(string script, string errorId)
    {
        _store.Run("$null = New-PatientStore \"$folder/other.ptstore\"; Disconnect-PatientStore; $null = Connect-PatientStore $path; $backup = New-PatientBackup $backups").Succeeded();
        _store.Run(script).FailedWith(errorId);
        Assert.False(File.Exists(Path.Combine(_store.Folder, "out.ptstore")));
        Assert.Equal("1", Assert.Single(_store.Texts("@(Get-PatientBackup $backups).Count")));
    }

    [Theory]
    [InlineData("Restore-PatientBackup $backup.Path $path -Replace")]
    [InlineData("Restore-PatientBackup $backup.Path $path -PatientId $a")]
    [InlineData("Restore-PatientBackup $backup.Path \"$folder/out.ptstore\"")]
    [InlineData("Remove-PatientBackup $backups -KeepLast 1")]
    public void Asks_and_without_anybody_to_ask_fails_rather_than_hangs(string script)
    {
        _store.Run("1..2 | ForEach-Object { $backup = New-PatientBackup $backups }; $null = New-Patient -FamilyName Neu").Succeeded();
        var error = Assert.Single(_store.Run(script).Errors);
        Assert.DoesNotContain("InternalError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("3 2", _store.One<string>("\"$((Get-PatientStore).Patients) $(@(Get-PatientBackup $backups).Count)\""));
        Assert.False(File.Exists(Path.Combine(_store.Folder, "out.ptstore")));
        _store.Run($"$null = {script} -Confirm:$false -WarningAction SilentlyContinue").Succeeded();
    }

    [Fact]
    public void One_bad_backup_of_many_keeps_no_other_from_being_tested()
    {
        _store.Run("$backup = New-PatientBackup $backups").Succeeded();
        var result = _store.Run("\"$folder/none.zip\", $backup.Path | Test-PatientBackup");
        Assert.True((bool)Assert.Single(result.Output).Properties["IsValid"].Value);
        result.FailedWith("BackupNotFound");
    }

    [Fact]
    public void A_key_that_opens_one_backup_of_many_keeps_no_other_from_being_tested()
    {
        _store.Run("""
            $first = New-PatientBackup $backups -Password $secret
            $second = New-PatientBackup $backups
            """).Succeeded();
        var result = _store.Run("Test-PatientBackup $first.Path, $second.Path -Quiet");
        Assert.StartsWith("BackupKeyRequired", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("True", $"{Assert.Single(result.Output)}");
    }

    [Fact]
    public void A_name_with_wildcards_is_a_name_first_and_a_pattern_otherwise()
    {
        _store.Run("""
            $null = New-PatientBackup "$folder/b[1]"
            $null = New-PatientBackup "$folder/b1"
            $null = New-PatientBackup "$folder/b2"
            """).Succeeded();
        Assert.Equal("b[1]", Assert.Single(_store.Texts("Get-PatientBackup \"$folder/b[1]\" | ForEach-Object { [IO.Path]::GetFileName([IO.Path]::GetDirectoryName($_.Path)) }")));
        Assert.Equal(["b1", "b2"], _store.Texts("Get-PatientBackup \"$folder/b[0-9]\" | ForEach-Object { [IO.Path]::GetFileName([IO.Path]::GetDirectoryName($_.Path)) }"));
        Assert.Equal(["True", "True"], _store.Texts("Test-PatientBackup \"$folder/b[0-9]/*.zip\" -Quiet"));
    }

    [Fact]
    public void What_is_no_backup_is_told_rather_than_passed_over()
    {
        Assert.StartsWith("NotABackup", Assert.Single(_store.Run("Get-PatientBackup $path").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("FolderNotFound", Assert.Single(_store.Run("Get-PatientBackup \"$folder/none.zip\"").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        _store.Run("""
            $null = New-PatientBackup $backups
            [IO.File]::Move((Get-PatientBackup $backups).Path, "$backups/monday.bak")
            """).Succeeded();
        Assert.Equal("Full Usable", Assert.Single(_store.Texts("Get-PatientBackup $backups/monday.bak | ForEach-Object { \"$($_.Kind) $($_.State)\" }")));
    }

    [Fact]
    public void WhatIf_shows_what_would_go_with_the_reason_and_only_this_store_is_touched()
    {
        _store.Run("""
            1..3 | ForEach-Object { $null = New-PatientBackup $backups; $null = Set-Patient $a.Id -City "Ort$_" }
            $other = New-PatientStore "$folder/other.ptstore"
            1..2 | ForEach-Object { $null = New-PatientBackup $backups }
            $null = Connect-PatientStore $path
            """).Succeeded();
        Assert.Equal(["False", "False", "True"], _store.Texts("Remove-PatientBackup $backups -KeepLast 1 -WhatIf | ForEach-Object Keep"));
        Assert.DoesNotContain("", _store.Texts("Remove-PatientBackup $backups -KeepLast 1 -WhatIf | ForEach-Object Reason"));
        Assert.Equal("5", Assert.Single(_store.Texts("@(Get-PatientBackup $backups).Count")));
        Assert.Empty(_store.Run("Remove-PatientBackup -Confirm:$false $backups -KeepLast 2").Succeeded().Output);
        Assert.Equal(["False", "True"], _store.Texts("Remove-PatientBackup -Confirm:$false $backups -KeepLast 1 -PassThru | ForEach-Object Keep"));
        Assert.Equal(["1", "2"], _store.Texts("@(Get-PatientBackup $backups -StoreId $store.Identity.StoreId).Count; @(Get-PatientBackup $backups -StoreId $other.Identity.StoreId).Count"));
    }

    [Fact]
    public void A_purge_tells_which_backups_still_hold_the_patient()
    {
        _store.Run("$one = New-PatientBackup $backups; $c = New-Patient -FamilyName Spät; $two = New-PatientBackup $backups -Incremental").Succeeded();
        var result = _store.Run("$a, $b, $c | Remove-Patient -Purge -Force -Confirm:$false -PassThru").Succeeded();
        Assert.Equal(3, result.Output.Count);
        _store.Shell.Set("purges", result.Output);
        Assert.True(_store.One<bool>("[bool] ($purges[0].HeldBy | Where-Object { $_.Path -eq $one.Path -and $_.IsCertain })"));
        Assert.False(_store.One<bool>("[bool] ($purges[2].HeldBy | Where-Object { $_.Path -eq $one.Path })"));
        Assert.True(_store.One<bool>("[bool] ($purges[2].HeldBy | Where-Object { $_.Path -eq $two.Path })"));
        Assert.Contains(result.Warnings, warning => warning.Contains(_store.One<string>("$one.Path"), StringComparison.Ordinal) && warning.Contains("2 purged patients", StringComparison.Ordinal));
    }

    [Fact]
    public void A_purge_names_no_more_places_than_can_be_read()
    {
        _store.Run("1..13 | ForEach-Object { $null = New-PatientBackup $backups }").Succeeded();
        var result = _store.Run("$a | Remove-Patient -Purge -Force -Confirm:$false").Succeeded();
        Assert.Empty(result.Output);
        Assert.Equal(11, result.Warnings.Count);
        Assert.StartsWith("3 more", result.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_backups_a_purge_warns_of_nothing() =>
        Assert.Empty(_store.Run("$a | Remove-Patient -Purge -Force -Confirm:$false").Succeeded().Warnings);

    [Fact]
    public void Who_was_purged_comes_back_only_when_that_is_said()
    {
        _store.Run("$backup = New-PatientBackup $backups; $a | Remove-Patient -Purge -Force -Confirm:$false -WarningAction SilentlyContinue").Succeeded();
        _store.Run("$backup | Restore-PatientBackup -Confirm:$false -Destination $path -PatientId $a.Id").FailedWith("PatientPurged");
        _store.Run("$null = $backup | Restore-PatientBackup -Confirm:$false -Destination $path -PatientId $a.Id -IncludePurged").Succeeded();
        Assert.Equal("Alt", _store.One<string>("(Get-Patient $a.Id).FamilyName"));
    }

    [Fact]
    public void Tab_offers_folders_and_backups_the_newest_first()
    {
        _store.Run("$one = New-PatientBackup $backups; $two = New-PatientBackup $backups; $null = $ExecutionContext.SessionState.Path.SetLocation($folder)").Succeeded();
        File.SetLastWriteTimeUtc(_store.One<string>("$one.Path"), DateTime.UtcNow.AddHours(-1));
        _store.Write("other.txt", "");
        Assert.Equal(["backups"], Matches("Get-PatientBackup ").Select(match => match.ListItemText));
        Assert.Equal(_store.Texts("$two.Name; $one.Name"), Matches("Test-PatientBackup backups/t").Select(match => match.ListItemText));
        Assert.Equal("True", Assert.Single(_store.Texts($"Test-PatientBackup {Matches("Test-PatientBackup ./backups/t")[0].CompletionText} -Quiet")));
    }

    private System.Collections.ObjectModel.Collection<CompletionResult> Matches(string line)
    {
        using var shell = PowerShell.Create(_store.Shell.Runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }
}

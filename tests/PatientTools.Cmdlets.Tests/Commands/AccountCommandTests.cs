using System.Management.Automation;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

public sealed class AccountCommandTests : IDisposable
{
    private readonly ProtectedStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_protected_store_wants_a_login_and_says_how()
    {
        var error = _store.Run("Connect-PatientStore $path").FailedWith("CredentialRequired");
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains("-Credential", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_wrong_with_a_login_the_answer_is_the_same()
    {
        _store.Run("Set-PatientStoreAccount Editor -Status Disabled; Set-PatientStoreSetting LockoutThreshold 1").Succeeded();
        _store.Shell.Set("tries", new[]
        {
            ProtectedStore.Credential("nobody"), ProtectedStore.Credential("Auditor", "wrong"), ProtectedStore.Credential("Auditor"), ProtectedStore.Credential("Editor"),
        });
        var errors = _store.Run("foreach ($try in $tries) { try { Connect-PatientStore $path -Credential $try } catch { $_ } }").Values<ErrorRecord>();
        Assert.Equal(4, errors.Count);
        Assert.Equal(ErrorCategory.AuthenticationError, Assert.Single(errors.Select(error => error.CategoryInfo.Category).Distinct()));
        Assert.StartsWith("LoginFailed,", Assert.Single(errors.Select(error => error.FullyQualifiedErrorId).Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
        Assert.Single(errors.Select(error => error.ToString()).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_credential_without_name_and_password_is_nobodys()
    {
        _store.Run("Connect-PatientStore $path -Credential ([pscredential]::Empty)").FailedWith("LoginFailed");
        _store.Run("New-PatientStoreAccount ([pscredential]::Empty) -Role Reader").FailedWith("AccountNameInvalid");
        _store.Run("New-PatientStore \"$folder/new.ptstore\" -Credential ([pscredential]::Empty)").FailedWith("AccountNameInvalid");
    }

    [Fact]
    public void A_pattern_that_is_none_matches_no_account()
    {
        Assert.Empty(_store.Run("Get-PatientStoreAccount '[a'; Get-PatientStoreSetting '[a'").Succeeded().Output);
    }

    [Fact]
    public void A_locked_account_is_unlocked()
    {
        _store.Run("Set-PatientStoreSetting LockoutThreshold 2").Succeeded();
        _store.Shell.Set("wrong", ProtectedStore.Credential("Reader", "wrong"));
        _store.Run("1..2 | ForEach-Object { try { Connect-PatientStore $path -Credential $wrong } catch { } }").Succeeded();
        Assert.Equal("Locked 2", _store.One<string>("$a = Get-PatientStoreAccount reader; \"$($a.Status) $($a.FailedAttempts)\""));
        Assert.Equal("Enabled 0", _store.One<string>("$a = Unlock-PatientStoreAccount READER -PassThru; \"$($a.Status) $($a.FailedAttempts)\""));
        Assert.Equal("Reader Reader", _store.One<string>("$r = Connect-PatientStore $path -Credential $credentials['Reader']; \"$($r.Account) $($r.Role)\""));
    }

    [Fact]
    public void The_status_page_tells_who_one_is()
    {
        Assert.Equal("True Reader Reader True", _store.One<string>("$s = Get-PatientStore -Store $sessions.Reader; \"$($s.IsProtected) $($s.Account) $($s.Role) $($s.IsAudited)\""));
        Assert.Equal("False   True", _store.One<string>("$null = New-PatientStore \"$folder/open.ptstore\"; $s = Get-PatientStore; \"$($s.IsProtected) $($s.Account) $($s.Role) $($s.IsAudited)\""));
    }

    [Fact]
    public void Accounts_are_shown_to_whoever_may_and_else_the_own_one()
    {
        Assert.Equal(["Administrator", "Auditor", "Editor", "Reader"], _store.Texts("Get-PatientStoreAccount | ForEach-Object Name"));
        Assert.Equal(["Auditor", "Administrator"], _store.Texts("Get-PatientStoreAccount aud*, ADMINISTRATOR | ForEach-Object Name"));
        Assert.Equal(["Reader"], _store.Texts("Get-PatientStoreAccount -Store $sessions.Reader | ForEach-Object Name"));
        Assert.Equal(["Reader"], _store.Texts("Get-PatientStoreAccount reader -Store $sessions.Reader | ForEach-Object Name"));
        _store.Run("Get-PatientStoreAccount Editor -Store $sessions.Reader").FailedWith("PermissionDenied");
        _store.Run("Get-PatientStoreAccount nobody").FailedWith("AccountNotFound");
    }

    [Fact]
    public void One_changes_ones_own_password_with_the_old_one()
    {
        _store.Shell.Set("next", ProtectedStore.Secure("Wind in den Weiden 8"));
        _store.Shell.Set("wrong", ProtectedStore.Secure("wrong"));
        _store.Run("Set-PatientStoreAccount -OldPassword $wrong -Password $next -Store $sessions.Reader").FailedWith("LoginFailed");
        _store.Run("Set-PatientStoreAccount Editor -OldPassword $password -Password $next -Store $sessions.Reader").FailedWith("NotOwnAccount");
        Assert.Equal("Reader", _store.One<string>("(Set-PatientStoreAccount -OldPassword $password -Password $next -PassThru -Store $sessions.Reader).Name"));
        _store.Run("Find-Patient -Store $sessions.Reader").Succeeded();
        _store.Run("Connect-PatientStore $path -Credential $credentials['Reader']").FailedWith("LoginFailed");
    }

    [Fact]
    public void A_change_ends_the_accounts_sessions()
    {
        _store.Run("Find-Patient -Store $sessions.Reader; Set-PatientStoreAccount Reader -Role Editor").Succeeded();
        var error = _store.Run("Find-Patient -Store $sessions.Reader").FailedWith("SessionClosed");
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        _store.Run("Set-PatientStoreAccount Reader").FailedWith("NothingToChange");
    }

    [Fact]
    public void The_last_administrator_stays()
    {
        _store.Run("Remove-PatientStoreAccount Administrator -Confirm:$false").FailedWith("LastAdministrator");
        _store.Run("Set-PatientStoreAccount Administrator -Role Reader").FailedWith("LastAdministrator");
        _store.Run("Set-PatientStoreAccount Administrator -Status Disabled").FailedWith("LastAdministrator");
    }

    [Fact]
    public void One_bad_account_of_many_is_one_error()
    {
        _store.Shell.Set("many", new[] { ProtectedStore.Credential("anna"), ProtectedStore.Credential("berta", "short"), ProtectedStore.Credential("READER"), ProtectedStore.Credential("carla") });
        var result = _store.Run("$many | New-PatientStoreAccount -Role Reader | ForEach-Object Name");
        Assert.Equal(["anna", "carla"], result.Values<string>());
        Assert.Equal(["PasswordTooShort", "AccountExists"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["anna", "carla"], _store.Texts("$null = 'anna', 'carla' | Get-PatientStoreAccount | Remove-PatientStoreAccount -Confirm:$false -WhatIf; 'anna', 'carla' | Get-PatientStoreAccount | ForEach-Object Name"));
        _store.Run("Get-PatientStoreAccount anna, carla | Remove-PatientStoreAccount -Confirm:$false").Succeeded();
        Assert.Equal(4, _store.Run("Get-PatientStoreAccount").Succeeded().Output.Count);
    }

    [Fact]
    public void Sessions_are_listed_and_ended()
    {
        Assert.Equal(["Administrator True", "Auditor False", "Editor False", "Reader False"], _store.Texts("Get-PatientStoreSession | Where-Object { $_.SessionId -in $sessions.Values.SessionId } | ForEach-Object { \"$($_.Account) $($_.IsOwn)\" }").Order(StringComparer.Ordinal));
        _store.Run("Get-PatientStoreSession | Where-Object Account -eq Reader | Disconnect-PatientStore").Succeeded();
        _store.Run("Find-Patient -Store $sessions.Reader").FailedWith("SessionClosed");
        _store.Run("Find-Patient -Store $sessions.Editor").Succeeded();
        _store.Run("Disconnect-PatientStore -Id $sessions.Reader.SessionId").FailedWith("SessionNotFound");
        _store.Run("Get-PatientStoreSession | Disconnect-PatientStore").Succeeded();
        _store.Run("Find-Patient -Store $sessions.Editor").FailedWith("SessionClosed");
        Assert.False(_store.One<bool>("$sessions.Administrator.IsOpen"));
    }

    [Fact]
    public void A_session_is_good_in_another_runspace()
    {
        var session = _store.Run("$sessions.Editor").Values<object>()[0];
        using (var other = HostedShell.Start())
        {
            other.Set("shared", session);
            Assert.Equal("Drüben", other.Run("(New-Patient -FamilyName Drüben -Store $shared).FamilyName").Values<string>()[0]);
        }

        Assert.Equal("Editor New-Patient", _store.One<string>("$e = Get-PatientAuditEvent -Operation AddPatient; \"$($e.Account) $($e.Command)\""));
        Assert.True(_store.One<bool>("$sessions.Editor.IsOpen"));
    }

    [Fact]
    public void A_credential_comes_from_a_file_that_is_its_owners_alone()
    {
        var file = Path.Combine(_store.Folder, "nightly.xml");
        File.WriteAllText(file, PSSerializer.Serialize(ProtectedStore.Credential("Reader")));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", _store.Run("Connect-PatientStore $path -CredentialPath \"$folder/nightly.xml\"").FailedWith("CredentialFileExposed").ToString(), StringComparison.Ordinal);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal("Reader", _store.One<string>("(Connect-PatientStore $path -CredentialPath \"$folder/nightly.xml\" -Reason nightly).Account"));
        Assert.Equal("nightly", _store.One<string>("(Get-PatientAuditEvent -Store $sessions.Administrator -Operation Connect -Newest 1).Reason"));
        foreach (var content in new[] { "", "no xml", PSSerializer.Serialize("text"), "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><SS>zz</SS></Objs>" })
        {
            File.WriteAllText(file, content);
            _store.Run("Connect-PatientStore $path -CredentialPath \"$folder/nightly.xml\"").FailedWith("CredentialFileInvalid");
        }

        _store.Run("Connect-PatientStore $path -CredentialPath \"$folder/none.xml\"").FailedWith("FileNotFound");
    }

    [Fact]
    public void A_store_whose_administrator_is_gone_gets_one_from_the_files_owner()
    {
        _store.Shell.Set("next", ProtectedStore.Credential("rescue", "Wind in den Weiden 8"));
        Assert.Equal("rescue (Administrator)", _store.One<string>("\"$(Reset-PatientStoreAdministrator $path $next -Reason lost -Confirm:$false)\""));
        _store.Run("Find-Patient -Store $sessions.Administrator").FailedWith("SessionClosed");
        Assert.Equal("rescue", _store.One<string>("(Connect-PatientStore $path -Credential $next).Account"));
        Assert.Equal("Reset-PatientStoreAdministrator lost", _store.One<string>("$e = Get-PatientAuditEvent -Operation ResetAdministrator; \"$($e.Command) $($e.Reason)\""));
    }

    [Fact]
    public void An_open_store_is_protected_by_its_first_account()
    {
        _store.Run("$open = New-PatientStore \"$folder/open.ptstore\"; $other = Connect-PatientStore \"$folder/open.ptstore\"; $null = Find-Patient").Succeeded();
        _store.Run("New-PatientStoreAccount $credentials['Reader'] -Role Reader -Store $open").FailedWith("FirstAccountNotAdministrator");
        Assert.Equal("Administrator", _store.One<string>("$null = New-PatientStoreAccount $credentials['Administrator'] -Role Administrator -Store $open; $open.Account"));
        _store.Run("Find-Patient -Store $other").FailedWith("SessionClosed");
        _store.Run("Find-Patient -Store $open").Succeeded();
        _store.Run("Connect-PatientStore \"$folder/open.ptstore\"").FailedWith("CredentialRequired");
    }

    [Theory]
    [InlineData("Set-PatientStoreAccount edi", "Editor")]
    [InlineData("Get-PatientAuditEvent -Account Aud", "Auditor")]
    [InlineData("Set-PatientStoreAccount Editor -Role R", "Reader")]
    [InlineData("Set-PatientStoreAccount Editor -Status D", "Disabled")]
    [InlineData("Get-PatientAuditEvent -Operation Pur", "PurgePatient")]
    [InlineData("Set-PatientStoreSetting ReasonRequired Ch", "Changes")]
    [InlineData("Set-PatientStoreSetting Lock", "LockoutThreshold")]
    public void Completes(string line, string expected) => Assert.Equal(expected, Matches(line)[0].CompletionText);

    [Fact]
    public void Completion_gives_nothing_that_is_not_permitted_and_is_no_refusal()
    {
        Assert.Equal(4, Matches("Disconnect-PatientStore -Id ").Count(match => match.ToolTip.Contains("process", StringComparison.Ordinal)) - _store.One<int>("@(Get-PatientStoreSession | Where-Object SessionId -notin $sessions.Values.SessionId).Count"));
        Assert.DoesNotContain(Matches("Set-PatientStoreAccount -Store $sessions.Reader -Name Edi"), match => match.CompletionText == "Editor");
        Assert.Empty(_store.Texts("Get-PatientAuditEvent -Outcome Refused"));
        Assert.Contains("TabExpansion2", _store.Texts("Get-PatientAuditEvent -Operation ReadSessions | ForEach-Object Command"), StringComparer.Ordinal);
    }

    private System.Collections.ObjectModel.Collection<CompletionResult> Matches(string line)
    {
        using var shell = PowerShell.Create(_store.Shell.Runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }
}

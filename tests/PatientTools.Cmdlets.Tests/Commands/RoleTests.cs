using System.Management.Automation;
using PatientTools.Build;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>Every cmdlet under every role: allowed and refused as the table says, and refusals are logged.</summary>
public sealed class RoleTests : IDisposable
{
    private static readonly IReadOnlyList<CmdletInfo> Cmdlets = CmdletAssembly.Load(Path.Combine(Places.ModuleFolder, "PatientTools.dll"));
    private static readonly Dictionary<string, IReadOnlyList<string>> Allowed =
        new PermissionTables(Cmdlets, Path.Combine(Places.RepositoryRoot, "docs", "about_PatientAccess.md")).Read().ToDictionary(each => each.Operation, each => each.Roles, StringComparer.Ordinal);

    /// <summary>Cmdlets that work on no store, or make one.</summary>
    private static readonly string[] Free = ["Export-PatientValidationReport", "Get-PatientBackup", "Get-PatientRule", "New-PatientSample", "New-PatientStore", "Test-PatientBackup"];

    /// <summary>Each cmdlet with each of its operations, done by the session <c>$s</c> of the role <c>$role</c>.</summary>
    private static readonly (string Cmdlet, string Operation, string Script)[] Cases =
    [
        ("Connect-PatientStore", "Connect", "$other = Connect-PatientStore $path -Credential $credentials[$role]"),
        ("Disconnect-PatientStore", "Disconnect", "Disconnect-PatientStore $other"),
        ("Disconnect-PatientStore", "CloseSession", "Disconnect-PatientStore -Id $victim.SessionId -Store $s"),
        ("Export-Patient", "ExportPatients", "Export-Patient \"$folder/$role.csv\" -Store $s"),
        ("Find-Patient", "SearchPatients", "Find-Patient -City Bonn -Store $s"),
        ("Get-Patient", "ReadPatient", "Get-Patient $p.Id -Store $s"),
        ("Get-PatientAuditEvent", "ReadAuditTrail", "Get-PatientAuditEvent -Newest 1 -Store $s"),
        ("Get-PatientAuditHead", "CheckAuditTrail", "Get-PatientAuditHead -Store $s"),
        ("Get-PatientStore", "ReadStatus", "Get-PatientStore -Store $s"),
        ("Get-PatientStoreAccount", "ReadAccounts", "Get-PatientStoreAccount victim -Store $s"),
        ("Get-PatientStoreAccount", "ReadOwnAccount", "Get-PatientStoreAccount $role -Store $s"),
        ("Get-PatientStoreSession", "ReadSessions", "Get-PatientStoreSession -Store $s"),
        ("Get-PatientStoreSetting", "ReadSettings", "Get-PatientStoreSetting -Store $s"),
        ("Import-Patient", "ImportPatients", "@{ FamilyName = 'Neu' } | Import-Patient -Store $s"),
        ("Measure-Patient", "SearchPatients", "Measure-Patient -Store $s"),
        ("New-Patient", "AddPatient", "New-Patient -FamilyName Neu -Store $s"),
        ("New-PatientBackup", "BackUpStore", "New-PatientBackup \"$folder/$role\" -Store $s"),
        ("New-PatientStoreAccount", "AddAccount", "New-PatientStoreAccount $new -Role Reader -Store $s"),
        ("Optimize-PatientStore", "MaintainStore", "Optimize-PatientStore -Store $s"),
        ("Remove-Patient", "RemovePatient", "Remove-Patient $p.Id -Confirm:$false -Store $s"),
        ("Remove-Patient", "PurgePatient", "Remove-Patient $purged.Id -Purge -Confirm:$false -Store $s"),
        ("Remove-PatientBackup", "RemoveBackup", "Remove-PatientBackup \"$folder/backups\" -KeepLast 5 -Confirm:$false -Store $s"),
        ("Remove-PatientStoreAccount", "RemoveAccount", "Remove-PatientStoreAccount removed -Confirm:$false -Store $s"),
        ("Repair-PatientStore", "MaintainStore", "Repair-PatientStore -Store $s"),
        ("Repair-PatientStore", "SalvageStore", "Repair-PatientStore \"$folder/reset.ptstore\" \"$folder/$role.ptstore\" -WarningAction SilentlyContinue"),
        ("Reset-PatientStoreAdministrator", "ResetAdministrator", "Reset-PatientStoreAdministrator \"$folder/reset.ptstore\" $new -Confirm:$false"),
        ("Restore-Patient", "RestorePatient", "Restore-Patient $removed.Id -Store $s"),
        ("Restore-PatientBackup", "RestoreStore", "Restore-PatientBackup $backup $path -PatientId $changed.Id -Confirm:$false -Store $s"),
        ("Set-Patient", "ChangePatient", "Set-Patient $changed.Id -City Ulm -Store $s"),
        ("Set-PatientStoreAccount", "ChangeAccount", "Set-PatientStoreAccount victim -Role Auditor -Store $s"),
        ("Set-PatientStoreAccount", "ChangeOwnPassword", "Set-PatientStoreAccount -OldPassword $password -Password $new.Password -Store $s"),
        ("Set-PatientStoreSetting", "ChangeSetting", "Set-PatientStoreSetting MrnDigits 9 -Store $s"),
        ("Test-Patient", "ReadPatient", "Test-Patient $changed.Id -Store $s"),
        ("Test-Patient", "SearchPatients", "Test-Patient -City Bonn -Store $s"),
        ("Test-Patient", "ValidatePatients", "@{ FamilyName = 'Alt1' } | Test-Patient -CompareWithStore -Store $s"),
        ("Test-PatientAuditTrail", "CheckAuditTrail", "Test-PatientAuditTrail -Store $s"),
        ("Test-PatientBatch", "ReadPatient", "$changed | Test-PatientBatch -Store $s"),
        ("Test-PatientBatch", "SearchPatients", "Test-PatientBatch -All -Store $s"),
        ("Test-PatientBatch", "ValidatePatients", "@{ FamilyName = 'Alt1' } | Test-PatientBatch -CompareWithStore -Store $s"),
        ("Test-PatientStore", "CheckStore", "Test-PatientStore -Store $s"),
        ("Unlock-PatientStoreAccount", "UnlockAccount", "Unlock-PatientStoreAccount victim -Store $s"),
    ];

    private readonly ProtectedStore _store = new();

    public static TheoryData<string> Roles => [.. ProtectedStore.Roles];

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Every_operation_of_every_cmdlet_is_tried()
    {
        var said = Cmdlets.SelectMany(cmdlet => PermissionTables.OperationsOf(cmdlet).Select(operation => $"{cmdlet.Name} {operation}"));
        Assert.Equal(said.Order(StringComparer.Ordinal), Cases.Select(each => $"{each.Cmdlet} {each.Operation}").Order(StringComparer.Ordinal));
        Assert.Equal(Free, Cmdlets.Where(cmdlet => PermissionTables.OperationsOf(cmdlet).Count == 0).Select(cmdlet => cmdlet.Name));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_may_what_the_table_says_and_refusals_are_logged(string role)
    {
        Prepare(role);
        var refused = Cases.Where(each => Allowed[each.Operation] is { Count: > 0 } roles && !roles.Contains(role, StringComparer.Ordinal)).ToList();
        foreach (var each in Cases)
        {
            var result = _store.Run(each.Script);
            Assert.Equal(
                (each.Script, refused.Contains(each) ? "PermissionDenied" : ""),
                (each.Script, string.Join(' ', result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0] is "PermissionDenied" and var id ? id : $"{error.FullyQualifiedErrorId}: {error}"))));
        }

        Assert.Equal(
            refused.Select(each => $"{each.Cmdlet} {each.Operation}").Order(StringComparer.Ordinal),
            _store.Texts($"Disconnect-PatientStore $s; Get-PatientAuditEvent -Store $sessions[@('Auditor', 'Administrator')[$role -eq 'Auditor']] -Account {role} -Outcome Refused | ForEach-Object {{ \"$($_.Command) $($_.Operation)\" }}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void WhatIf_shows_the_refusal_and_nothing_else(string role)
    {
        Prepare(role);
        var before = State();
        foreach (var each in Cases.Where(each => Cmdlets.Single(cmdlet => cmdlet.Name == each.Cmdlet).Parameters.ContainsKey("WhatIf")))
        {
            // To leave a session is no change of the store.
            if (each.Operation != "Disconnect")
            {
                var isRefused = Allowed[each.Operation] is { Count: > 0 } roles && !roles.Contains(role, StringComparer.Ordinal);
                var result = _store.Run($"{each.Script} -WhatIf");
                Assert.Equal((each.Script, isRefused ? 1 : 0), (each.Script, result.Errors.Count(error => error.FullyQualifiedErrorId.StartsWith("PermissionDenied,", StringComparison.Ordinal))));
                Assert.Equal((each.Script, isRefused ? 1 : 0), (each.Script, result.Errors.Count));
            }
        }

        Assert.Equal(before, State());
        Assert.Equal(["Refused"], _store.Texts($"Get-PatientAuditEvent -Store $sessions.Administrator -Account {role} | Where-Object Operation -notin Connect, Disconnect, ReadStatus, ReadSettings, ReadAuditTrail, ReadAccounts, ReadOwnAccount | ForEach-Object Outcome | Where-Object {{ '{role}' -ne 'Administrator' }}").Distinct(StringComparer.Ordinal).DefaultIfEmpty("Refused"));

        string State() => _store.One<string>("$page = Get-PatientStore -Store $sessions.Administrator; \"$($page.Sequence) $($page.Patients) $($page.RemovedPatients)\"");
    }

    private void Prepare(string role)
    {
        _store.Shell.Set("role", role);
        _store.Shell.Set("new", ProtectedStore.Credential("neu", "Wind in den Weiden 8"));
        _store.Shell.Set("spare", new[] { "victim", "removed" }.Select(name => ProtectedStore.Credential(name)).ToArray());
        _store.Run("""
            $spare | New-PatientStoreAccount -Role Reader | ForEach-Object { }
            $null = New-PatientStore "$folder/reset.ptstore" -Credential $credentials['Administrator']
            $null = New-Patient -FamilyName Alt
            Disconnect-PatientStore
            $p, $changed, $removed, $purged = 1..4 | ForEach-Object { New-Patient -FamilyName "Alt$_" -City Bonn -Store $sessions.Administrator }
            Remove-Patient $removed.Id -Confirm:$false -Store $sessions.Administrator
            $backup = (New-PatientBackup "$folder/backups" -Store $sessions.Administrator).Path
            $victim = Connect-PatientStore $path -Credential $spare[0]
            $s = Connect-PatientStore $path -Credential $credentials[$role]
            """).Succeeded();
    }
}

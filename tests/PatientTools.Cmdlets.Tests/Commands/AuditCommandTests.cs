namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>What the trail tells of calls: one event for each operation of an invocation.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly StoreShell _store = new();

    public AuditCommandTests() => _store.Run("$null = 1..20 | ForEach-Object { New-Patient -FamilyName \"Geheim$_\" -City Bonn -Kvnr A123456780 }; $head = Get-PatientAuditHead").Succeeded();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_pipeline_is_one_event_for_each_cmdlet_with_all_its_patients()
    {
        _store.Run("Find-Patient -FamilyName geheim | Set-Patient -City Ulm").Succeeded();
        Assert.Equal(["Find-Patient SearchPatients Succeeded 20 20", "Set-Patient ChangePatient Succeeded 20 20"], Events().Order(StringComparer.Ordinal));
        Assert.Equal(["Find-Patient", "Get-Patient", "New-Patient", "Set-Patient"], _store.Texts("$p = Get-Patient (Find-Patient -First 1).Id; Get-PatientAuditEvent $p | ForEach-Object Command").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whoever_has_enough_stops_a_call_and_the_event_names_who_was_handed_on()
    {
        _store.Run("foreach ($once in 1) { Find-Patient | ForEach-Object { $_; break } }").Succeeded();
        _store.Run("Find-Patient | ForEach-Object { throw 'Geheim7 is ill' }");
        Assert.Equal(["Find-Patient SearchPatients Stopped 1 1", "Find-Patient SearchPatients Stopped 1 1"], Events());
        Assert.DoesNotContain("Geheim", All(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_is_stopped_from_outside_says_so()
    {
        _store.Run("New-PatientSample -Count 2000 -Seed 1 | Import-Patient; $head = Get-PatientAuditHead").Succeeded();
        _store.Shell.RunAndStopAfter(3, "Find-Patient");
        Assert.StartsWith("Find-Patient SearchPatients Stopped", Assert.Single(Events()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_was_all_a_call_came_to_is_told_by_its_id()
    {
        Assert.Single(_store.Run("Get-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab").Errors);
        Assert.Single(_store.Run("Get-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab -ErrorAction Stop").Errors);
        Assert.Equal(["PatientNotFound", "PatientNotFound"], _store.Texts("Get-PatientAuditEvent -Operation ReadPatient -Outcome Failed | ForEach-Object ErrorId"));
    }

    [Theory]
    [InlineData("Set-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab -City Ulm", "ChangePatient", "PatientNotFound")]
    [InlineData("'01935c1e-7b1a-7c3e-9d2f-0123456789ab' | Remove-Patient -Confirm:$false", "RemovePatient", "PatientNotFound")]
    [InlineData("Import-Patient \"$folder/broken.ndjson\"", "ImportPatients", "InvalidJson")]
    [InlineData("'{\"resourceType\":\"Observation\"}' | Import-Patient", "ImportPatients", "NotAPatient")]
    public void An_error_that_ends_a_batch_is_told_by_its_id(string script, string operation, string errorId)
    {
        _store.Write("broken.ndjson", "{\"resourceType\":\n{\"resourceType\":\"Patient\"}");
        Assert.Equal(errorId, _store.Run($"{script} -ErrorAction Stop").Terminating!.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal([$"Failed {errorId}"], _store.Texts($"Get-PatientAuditEvent -Operation {operation} | Where-Object Number -gt $head.Number | ForEach-Object {{ \"$($_.Outcome) $($_.ErrorId)\" }}"));
    }

    [Fact]
    public void What_was_written_before_the_error_that_ends_a_batch_is_told_with_it()
    {
        _store.Run("$a, $b = Find-Patient -First 2; $head = Get-PatientAuditHead; $a, '01935c1e-7b1a-7c3e-9d2f-0123456789ab', $b | Set-Patient -City Ulm -ErrorAction Stop");
        Assert.Equal(["Failed PatientNotFound 1"], _store.Texts("Get-PatientAuditEvent -Operation ChangePatient | ForEach-Object { \"$($_.Outcome) $($_.ErrorId) $($_.PatientCount)\" }"));
    }

    [Fact]
    public void Exporting_all_is_one_event_and_checking_names_everybody_once()
    {
        _store.Run("Export-Patient \"$folder/x.csv\"").Succeeded();
        Assert.Equal(["Export-Patient ExportPatients Succeeded 20 20"], Events());
        _store.Run("$ids = (Find-Patient).Id; $head = Get-PatientAuditHead; $null = $ids | Test-Patient").Succeeded();
        Assert.Equal(["Test-Patient ReadPatient Succeeded 20 20"], Events());
    }

    [Fact]
    public void Disconnecting_tells_the_cmdlet_and_the_reason()
    {
        Assert.Equal(["Disconnect-PatientStore going home"], _store.Texts("""
            $place = (Get-PatientStore).Location
            Disconnect-PatientStore -Reason 'going home'
            $null = Connect-PatientStore $place
            Get-PatientAuditEvent -Operation Disconnect | ForEach-Object { "$($_.Command) $($_.Reason)" }
            """));
    }

    [Fact]
    public void WhatIf_is_no_event()
    {
        _store.Run("New-Patient -FamilyName Neu -WhatIf; Set-PatientStoreSetting MrnDigits 9 -WhatIf; Optimize-PatientStore -WhatIf; Export-Patient \"$folder/x.csv\" -WhatIf").Succeeded();
        Assert.Empty(Events());
    }

    [Fact]
    public void The_trail_holds_no_patients_data()
    {
        _store.Write("geheim.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"Geheim-Quelle\",\"name\":[{\"family\":\"Geheim\"}]}");
        _store.Run("""
            $null = Find-Patient Geheim1
            $null = Find-Patient -Filter "FamilyName -like 'Geheim*' -and City -eq 'Bonn' -and Kvnr -eq 'A123456780'"
            $null = Find-Patient -Query 'family=Geheim'
            $null = Get-Patient -Kvnr A123456780
            $null = Import-Patient "$folder/geheim.ndjson"
            Find-Patient | Export-Patient "$folder/Geheim.csv"
            $null = Measure-Patient Geheim
            """).Succeeded();
        var all = All();
        Assert.DoesNotContain("geheim", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("A123456780", all, StringComparison.Ordinal);
        Assert.Contains("FamilyName", all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_is_kept_and_can_be_required()
    {
        _store.Run("Set-PatientStoreSetting ReasonRequired Changes -Reason 'house rules'; $null = Find-Patient").Succeeded();
        _store.Run("New-Patient -FamilyName Neu").FailedWith("ReasonRequired");
        _store.Run("New-Patient -FamilyName Neu -WhatIf").FailedWith("ReasonRequired");
        Assert.Single(_store.Run("Find-Patient | Set-Patient -City Ulm").Errors);
        _store.Run("New-Patient -FamilyName Neu -Reason 'new case'; Set-PatientStoreSetting ReasonRequired All -Reason more; Find-Patient -Reason 'a look'").Succeeded();
        _store.Run("Find-Patient").FailedWith("ReasonRequired");
        Assert.Equal(["house rules", "new case", "more", "a look"], _store.Texts("Get-PatientAuditEvent -Outcome Succeeded | Where-Object Reason | ForEach-Object Reason"));
        Assert.Equal(4, _store.Run("Get-PatientAuditEvent -Outcome Refused").Succeeded().Output.Count);
    }

    [Fact]
    public void A_reason_is_required_of_a_session_from_its_first_call_on()
    {
        _store.Run("Set-PatientStoreSetting ReasonRequired Changes; Disconnect-PatientStore; $null = Connect-PatientStore \"$folder/test.ptstore\"").Succeeded();
        _store.Run("New-Patient -FamilyName Neu").FailedWith("ReasonRequired");
    }

    [Fact]
    public void Events_are_asked_for_by_time_operation_and_number()
    {
        Assert.Equal(20, _store.Run("Get-PatientAuditEvent -Operation AddPatient").Succeeded().Output.Count);
        Assert.Equal(3, _store.Run("Get-PatientAuditEvent -Operation AddPatient, Connect -Newest 3").Succeeded().Output.Count);
        Assert.Empty(_store.Run("Get-PatientAuditEvent -Since ([datetime]::Now.AddHours(1))").Succeeded().Output);
        Assert.Empty(_store.Run("Get-PatientAuditEvent -Until ([datetime]::Now.AddHours(-1))").Succeeded().Output);
        Assert.NotEmpty(_store.Run("Get-PatientAuditEvent -Since ([datetime]::Now.AddHours(-1)) -Until ([datetime]::UtcNow.AddHours(1))").Succeeded().Output);
        _store.Run("Get-PatientAuditEvent nonsense").FailedWith("InvalidPatientId");
    }

    [Fact]
    public void A_head_that_was_kept_proves_the_trail()
    {
        Assert.True(_store.One<bool>("Test-PatientAuditTrail -Quiet"));
        Assert.Equal("True True", _store.One<string>("$c = \"$head\" | Test-PatientAuditTrail; \"$($c.IsValid) $($c.ProvenUntil -eq $head.Number)\""));
        Assert.True(_store.One<bool>("Test-PatientAuditTrail $head, \"$head\" -Quiet"));
        _store.Run("Test-PatientAuditTrail nonsense").FailedWith("ParameterArgumentTransformationError");
    }

    private IReadOnlyList<string> Events() => _store.Texts("Get-PatientAuditEvent | Where-Object Number -gt $head.Number | Where-Object Command -notlike *-PatientAudit* | ForEach-Object { \"$($_.Command) $($_.Operation) $($_.Outcome) $($_.PatientCount) $($_.Patients.Count)\" }");

    private string All() => string.Join('\n', _store.Texts("foreach ($e in Get-PatientAuditEvent) { foreach ($x in $e.PSObject.Properties) { \"$($x.Name) $($x.Value)\" } }"));
}

namespace PatientTools.Cmdlets.Tests.Commands;

public sealed class PatientCommandTests : IDisposable
{
    private readonly StoreShell _store = new();

    public PatientCommandTests() => _store.Run(
        "$p = New-Patient -FamilyName 'Graf von und zu Buntspecht' -GivenName 'Berta Maria' -BirthDate 1958-12 -Gender Female -Kvnr A123456780 -City Köln -PostalCode 01067").Succeeded();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_new_patient_comes_back_with_id_number_and_version() =>
        Assert.Equal("00000001 1 1958-12 female 01067", _store.One<string>("$r = Get-Patient $p.Id; \"$($r.Mrn) $($r.Version) $($r.BirthDate) $($r.Gender) $($r.PostalCode)\""));

    [Fact]
    public void A_document_keeps_what_no_parameter_knows()
    {
        _store.Run("$d = New-Patient -Document @{ name = @(@{ family = 'Bäcker' }); maritalStatus = @{ text = 'ledig' } } -City Bonn").Succeeded();
        Assert.Equal("Bäcker Bonn", _store.One<string>("\"$($d.FamilyName) $($d.City)\""));
        _store.Run("$d | Export-Patient \"$folder/d.ndjson\"").Succeeded();
        Assert.Contains("\"maritalStatus\":{\"text\":\"ledig\"}", File.ReadAllText(Path.Combine(_store.Folder, "d.ndjson")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-Patient", "EmptyPatient")]
    [InlineData("New-Patient -FamilyName A -Gender foo", "InvalidGender")]
    [InlineData("New-Patient -FamilyName A -BirthDate 31.12.1958", "ParameterArgumentTransformationError")]
    [InlineData("New-Patient -Json '{\"resourceType\":\"Patient\"'", "InvalidJson")]
    [InlineData("New-Patient -Json '{\"resourceType\":\"Observation\"}'", "NotAPatient")]
    [InlineData("New-Patient -Document 5", "InvalidDocument")]
    [InlineData("Get-Patient abc", "InvalidPatientId")]
    [InlineData("Get-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab", "PatientNotFound")]
    [InlineData("Get-Patient -Mrn 99", "PatientNotFound")]
    [InlineData("Get-Patient -Kvnr Z999999999", "PatientNotFound")]
    [InlineData("Get-Patient $p.Id -Version 9", "VersionNotFound")]
    [InlineData("Set-Patient 01935c1e-7b1a-7c3e-9d2f-0123456789ab -City Bonn", "PatientNotFound")]
    [InlineData("Set-Patient $p.Id -Gender foo", "InvalidGender")]
    [InlineData("Restore-Patient abc", "InvalidPatientId")]
    [InlineData("Find-Patient -Name '---'", "EmptySearchTerm")]
    public void What_cannot_be_done_is_an_error_with_an_id(string script, string errorId) => _store.Run(script).FailedWith(errorId);

    [Fact]
    public void A_missing_patient_stops_nobody_else()
    {
        var result = _store.Run("'abc', $p.Id, 'def' | Get-Patient");
        Assert.Single(result.Output);
        Assert.Equal(2, result.Errors.Count);
        Assert.Null(result.Terminating);
    }

    [Theory]
    [InlineData("$p.Id")]
    [InlineData("\"$($p.Id)\"")]
    [InlineData("$p")]
    [InlineData("[guid]\"$($p.Id)\"")]
    [InlineData("[pscustomobject]@{ Id = \"$($p.Id)\" }")]
    public void Identities_bind_from_whatever_names_a_patient(string identity) =>
        Assert.Equal("00000001", _store.One<string>($"({identity} | Get-Patient).Mrn"));

    [Fact]
    public void A_patient_is_found_by_number_and_insurance_number()
    {
        Assert.Equal("Berta Maria", _store.One<string>("(Get-Patient -Mrn 00000001).GivenName"));
        Assert.Equal("Berta Maria", _store.One<string>("(Get-Patient -Kvnr a123456780).GivenName"));
        _store.Run("New-Patient -FamilyName Privat -Kvnr A123456780").Succeeded();
        Assert.Equal(2, _store.Run("Get-Patient -Kvnr A123456780").Succeeded().Output.Count);
    }

    [Fact]
    public void Set_changes_what_is_given_and_nothing_else() => Assert.Equal(
        "Bonn Berta Maria 2",
        _store.One<string>("$r = Set-Patient $p.Id -City Bonn -PassThru; \"$($r.City) $($r.GivenName) $($r.Version)\""));

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    public void An_empty_value_removes_the_field(string empty) =>
        Assert.Equal("[] []", _store.One<string>($"$r = Set-Patient $p.Id -City {empty} -BirthDate {empty} -PassThru; \"[$($r.City)] [$($r.BirthDate)]\""));

    [Fact]
    public void A_changed_object_is_written_and_an_outdated_one_refused()
    {
        Assert.Equal("Aachen 1960", _store.One<string>("$p.City = 'Aachen'; $p.BirthDate = '1960'; $r = $p | Set-Patient -PassThru; \"$($r.City) $($r.BirthDate)\""));
        var error = _store.Run("$p.City = 'Ulm'; $p | Set-Patient").FailedWith("VersionConflict");
        Assert.Contains("-Force", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Aachen", _store.One<string>("(Get-Patient $p.Id).City"));
    }

    [Fact]
    public void Force_writes_what_was_changed_and_keeps_what_others_changed()
    {
        _store.Run("Set-Patient $p.Id -Phone 0228").Succeeded();
        Assert.Equal("Ulm 0228", _store.One<string>("$p.City = 'Ulm'; $r = $p | Set-Patient -Force -PassThru; \"$($r.City) $($r.Phone)\""));
    }

    [Fact]
    public void An_object_that_was_not_changed_makes_no_version() =>
        Assert.Equal(1, _store.One<int>("$p | Set-Patient; (Get-Patient $p.Id).Version"));

    [Fact]
    public void A_whole_document_replaces_the_old_one() =>
        Assert.Equal("Neu []", _store.One<string>("$r = Set-Patient $p.Id -Json '{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Neu\"}]}' -PassThru; \"$($r.FamilyName) [$($r.City)]\""));

    [Fact]
    public void Every_version_can_be_read_again()
    {
        _store.Run("Set-Patient $p.Id -City Bonn; Set-Patient $p.Id -City Ulm").Succeeded();
        Assert.Equal(["Köln 1", "Bonn 2", "Ulm 3"], _store.Texts("Get-Patient $p.Id -AllVersions | ForEach-Object { \"$($_.City) $($_.Version)\" }"));
        Assert.Equal("Bonn", _store.One<string>("(Get-Patient $p.Id -Version 2).City"));
    }

    [Fact]
    public void Remove_hides_and_restore_brings_back()
    {
        _store.Run("Remove-Patient $p.Id -Confirm:$false").Succeeded();
        Assert.Empty(_store.Run("Find-Patient").Succeeded().Output);
        _store.Run("Get-Patient $p.Id").FailedWith("PatientRemoved");
        _store.Run("Get-Patient -Mrn 00000001").FailedWith("PatientRemoved");
        Assert.True(_store.One<bool>("(Get-Patient $p.Id -IncludeRemoved).IsRemoved"));
        _store.Run("Set-Patient $p.Id -City Bonn").FailedWith("PatientRemoved");
        Assert.False(_store.One<bool>("(Restore-Patient $p.Id -PassThru).IsRemoved"));
        Assert.Single(_store.Run("Find-Patient buntspecht").Succeeded().Output);
    }

    [Fact]
    public void Purge_leaves_no_byte()
    {
        _store.Run("Remove-Patient $p.Id -Purge -Force -Confirm:$false").Succeeded();
        _store.Run("Get-Patient $p.Id -IncludeRemoved").FailedWith("PatientNotFound");
        foreach (var file in Directory.EnumerateFiles(_store.Folder, "test.ptstore*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var text = reader.ReadToEnd();
            Assert.DoesNotContain("untspecht", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("A123456780", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Many_patients_are_changed_in_one_pipeline()
    {
        _store.Run("New-PatientSample -Count 3000 -Seed 4 | Import-Patient").Succeeded();
        _store.Run("Find-Patient | Set-Patient -City Musterstadt").Succeeded();
        Assert.Equal("Total count: 3001", _store.Texts("Find-Patient -City musterstadt -IncludeTotalCount -First 1")[0]);
    }

    [Fact]
    public void Rows_with_an_id_set_the_fields_they_name() =>
        Assert.Equal("Bonn 1960-02 Berta Maria", _store.One<string>("[pscustomobject]@{ Id = \"$($p.Id)\"; City = 'Bonn'; BirthDate = '1960-02' } | Set-Patient; $r = Get-Patient $p.Id; \"$($r.City) $($r.BirthDate) $($r.GivenName)\""));

    [Fact]
    public void An_outdated_patient_is_refused_when_fields_are_given_too()
    {
        _store.Run("Set-Patient $p.Id -City Bonn").Succeeded();
        _store.Run("$p | Set-Patient -Phone 0228").FailedWith("VersionConflict");
    }

    [Fact]
    public void What_stands_behind_an_error_that_stops_is_not_written()
    {
        _store.Run("$a = New-Patient -FamilyName A; $b = New-Patient -FamilyName B; $b.Gender = 'other'; Set-Patient $a.Id -City Alt").Succeeded();
        Assert.Equal("VersionConflict", _store.Run("$p, $a, $b | Set-Patient -City Neu -ErrorAction Stop").Terminating!.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(["Neu", "Alt", ""], _store.Texts("$p, $a, $b | Get-Patient | ForEach-Object { \"$($_.City)\" }"));
    }
}

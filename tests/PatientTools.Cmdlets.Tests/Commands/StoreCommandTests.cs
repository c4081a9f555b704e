using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

public sealed class StoreCommandTests : IDisposable
{
    private readonly StoreShell _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_new_store_is_connected_and_becomes_the_default()
    {
        Assert.True(_store.One<bool>("$store.IsOpen"));
        Assert.Equal(Path.Combine(_store.Folder, "test.ptstore"), _store.One<string>("(Get-PatientStore).Location"));
    }

    [Fact]
    public void A_store_is_not_made_where_something_is() =>
        _store.Run("New-PatientStore \"$folder/test.ptstore\"").FailedWith("StoreExists");

    [Fact]
    public void Without_a_connection_the_error_says_what_to_do()
    {
        using var shell = HostedShell.Start();
        var error = shell.Run("Find-Patient").FailedWith("NotConnected");
        Assert.Contains("Connect-PatientStore", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("PATIENTTOOLS_STORE", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disconnected_store_is_no_longer_the_default()
    {
        _store.Run("Disconnect-PatientStore").Succeeded();
        _store.Run("Find-Patient").FailedWith("NotConnected");
        _store.Run("Find-Patient -Store $store").FailedWith("SessionClosed");
    }

    [Fact]
    public void The_environment_names_the_store_when_no_path_is_given()
    {
        _store.Run("$env:PATIENTTOOLS_STORE = $null; Connect-PatientStore").FailedWith("NoStoreGiven");
        Assert.Equal(
            Path.Combine(_store.Folder, "test.ptstore"),
            _store.One<string>("$env:PATIENTTOOLS_STORE = \"$folder/test.ptstore\"; try { (Connect-PatientStore).Location } finally { $env:PATIENTTOOLS_STORE = $null }"));
    }

    [Theory]
    [InlineData("\"$folder/none.ptstore\"", "StoreNotFound", "ObjectNotFound")]
    [InlineData("$folder/text.txt", "NotAStore", "InvalidData")]
    public void A_store_that_cannot_be_opened_says_why(string path, string errorId, string category)
    {
        _store.Write("text.txt", new string('x', 5000));
        var error = _store.Run($"Connect-PatientStore {path}").FailedWith(errorId);
        Assert.Equal(category, error.CategoryInfo.Category.ToString());
    }

    [Fact]
    public void A_read_only_session_reads_and_refuses_every_change()
    {
        _store.Run("New-Patient -FamilyName Alt; Disconnect-PatientStore; $null = Connect-PatientStore \"$folder/test.ptstore\" -ReadOnly").Succeeded();
        Assert.Equal("Alt", _store.One<string>("(Find-Patient).FamilyName"));
        Assert.Equal("ReadOnly", _store.One<string>("(Get-PatientStore).Access"));
        foreach (var change in new[]
        {
            "New-Patient -FamilyName Neu",
            "Find-Patient | Set-Patient -City Bonn",
            "Find-Patient | Remove-Patient -Confirm:$false",
            "@{ FamilyName = 'Neu' } | Import-Patient",
            "Set-PatientStoreSetting MrnDigits 5",
            "Repair-PatientStore",
            "Optimize-PatientStore",
        })
        {
            Assert.Contains(_store.Run(change).Errors, error => error.FullyQualifiedErrorId.StartsWith("StoreReadOnly,", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Switches_that_are_false_are_false() =>
        Assert.False(_store.One<bool>("$s = Connect-PatientStore \"$folder/test.ptstore\" -ReadOnly:$false; $s.IsReadOnly"));

    [Fact]
    public void The_status_page_tells_what_is_there()
    {
        _store.Run("New-PatientSample -Count 20 -Seed 3 | Import-Patient; Find-Patient -First 2 | Remove-Patient -Confirm:$false").Succeeded();
        Assert.Equal("18 2 wal FULL ReadWrite", _store.One<string>("$s = Get-PatientStore; \"$($s.Patients) $($s.RemovedPatients) $($s.JournalMode) $($s.Synchronous) $($s.Access)\""));
        Assert.True(_store.One<bool>("$s.Size -gt 1KB -and $s.Sequence -gt 20 -and $null -eq $s.LastBackup"));
    }

    [Fact]
    public void Settings_are_set_checked_and_reset()
    {
        _store.Run("Set-PatientStoreSetting mrndigits 5").Succeeded();
        Assert.Equal("00001", _store.One<string>("(New-Patient -FamilyName A).Mrn"));
        Assert.Equal("MrnDigits=5 False", _store.One<string>("Get-PatientStoreSetting MrnDigits | ForEach-Object { \"$($_.Name)=$($_.Value) $($_.IsDefault)\" }"));
        _store.Run("Set-PatientStoreSetting MrnDigits 99").FailedWith("InvalidSetting");
        _store.Run("Get-PatientStoreSetting Nix").FailedWith("UnknownSetting");
        Assert.True(_store.One<bool>("(Set-PatientStoreSetting MrnDigits -Reset -PassThru).IsDefault"));
        Assert.Equal(2, _store.Run("Get-PatientStoreSetting Mrn*").Succeeded().Output.Count);
    }

    [Fact]
    public void A_sound_store_passes_every_check_and_its_entries_can_be_made_anew()
    {
        _store.Run("New-PatientSample -Count 50 -Seed 5 | Import-Patient").Succeeded();
        Assert.Equal(50, _store.One<int>("(Test-PatientStore -Full).PatientsChecked"));
        Assert.True(_store.One<bool>("Test-PatientStore -Quiet"));
        Assert.Equal(50, _store.One<int>("(Repair-PatientStore).Patients"));
        _store.Run("Optimize-PatientStore").Succeeded();
        Assert.True(_store.One<bool>("Test-PatientStore -Full -Quiet"));
    }

    [Fact]
    public void A_store_is_salvaged_into_a_new_one()
    {
        _store.Run("New-PatientSample -Count 30 -Seed 6 | Import-Patient; Find-Patient -First 1 | Set-Patient -City Bonn; Disconnect-PatientStore").Succeeded();
        Assert.Equal("30 1", _store.One<string>("$r = Repair-PatientStore \"$folder/test.ptstore\" -Destination \"$folder/new.ptstore\"; \"$($r.Patients) $($r.Versions)\""));
        Assert.Equal(1, _store.Run("$null = Connect-PatientStore \"$folder/new.ptstore\"; Find-Patient -City Bonn").Succeeded().Output.Count(patient => $"{patient.Properties["Version"].Value}" == "2"));
    }

    [Fact]
    public void A_path_outside_the_file_system_is_refused() =>
        _store.Run("Connect-PatientStore Env:PATH").FailedWith("PathNotInFileSystem");
}

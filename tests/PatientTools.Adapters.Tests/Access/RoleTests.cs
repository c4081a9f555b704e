using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Adapters.Tests.Access;

/// <summary>Every operation under every role: allowed and refused as the table says, and what is refused is logged.</summary>
public sealed class RoleTests : IDisposable
{
    private const string Password = "correct horse battery";
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private static readonly StoreOptions Options = new() { Passwords = new QuickHasher() };

    /// <summary>How each operation is done; those that ask the file's owner are done by no session.</summary>
    private static readonly Dictionary<StoreOperation, Action<Trial>> Ways = new()
    {
        [StoreOperation.Connect] = trial => trial.Open().Dispose(),
        [StoreOperation.Disconnect] = trial => trial.Open().Close(),
        [StoreOperation.ReadStatus] = trial => PatientStoreStatus.Read(trial.Session),
        [StoreOperation.ReadSettings] = trial => trial.Session.Settings().Read(),
        [StoreOperation.ChangeSetting] = trial => trial.Session.Settings().Write("MrnDigits", "9"),
        [StoreOperation.ReadPatient] = trial => trial.Session.Search().Get(trial.Patient),
        [StoreOperation.SearchPatients] = trial => trial.Session.Search().Count(new PatientQuery()),
        [StoreOperation.ValidatePatients] = trial =>
        {
            using var run = new ValidationRun(RuleSet.Choose(["EmptyValue"]), new ValidationOptions { Workers = 1 });
            Assert.NotEmpty(run.Add(trial.Session, trial.Patient, false, default));
        },
        [StoreOperation.AddPatient] = trial => trial.Session.Writer().Apply(new AddPatient(Someone(), DrawMrn: true)),
        [StoreOperation.ChangePatient] = trial => trial.Session.Writer().Apply(new ChangePatient(trial.Patient, document => document, null)),
        [StoreOperation.RemovePatient] = trial => trial.Session.Writer().Apply(new RemovePatient(trial.Patient, null)),
        [StoreOperation.RestorePatient] = trial => trial.Session.Writer().Apply(new RestorePatient(trial.Patient)),
        [StoreOperation.PurgePatient] = trial => trial.Session.Writer().Apply(new PurgePatient(trial.Patient)),
        [StoreOperation.ImportPatients] = trial => Assert.Empty(new ImportRun(trial.Session, "clinic").Take(PatientSources.FromText("""{"resourceType":"Patient","id":"a"}"""))),
        [StoreOperation.ExportPatients] = trial =>
        {
            using var run = new ExportRun(trial.Session, trial.NewPath("ndjson"), new ExportOptions(), false, false, default);
            run.Complete();
        },
        [StoreOperation.CheckStore] = trial => Assert.True(trial.Session.Maintenance().Check(full: true, default).IsValid),
        [StoreOperation.MaintainStore] = trial => trial.Session.Maintenance().Optimize(default),
        [StoreOperation.ReadAccounts] = trial => trial.Session.Accounts().Read(),
        [StoreOperation.ReadOwnAccount] = trial => trial.Session.Accounts().ReadOwn(),
        [StoreOperation.AddAccount] = trial => trial.Session.Accounts().Add(new StoreCredential($"new-{Guid.NewGuid():N}", Password), StoreRole.Reader),
        [StoreOperation.ChangeAccount] = trial => trial.Session.Accounts().Change(trial.OtherAccount(), new AccountChange { Role = StoreRole.Auditor }),
        [StoreOperation.ChangeOwnPassword] = trial => trial.Session.Accounts().ChangeOwnPassword(Password, Password + "!"),
        [StoreOperation.RemoveAccount] = trial => trial.Session.Accounts().Remove(trial.OtherAccount()),
        [StoreOperation.UnlockAccount] = trial => trial.Session.Accounts().Unlock(trial.OtherAccount()),
        [StoreOperation.ReadSessions] = trial => trial.Session.Sessions().Read(),
        [StoreOperation.CloseSession] = trial => trial.Session.Sessions().Close(trial.OtherSession()),
        [StoreOperation.ReadAuditTrail] = trial => Assert.NotEmpty(trial.Session.AuditTrail().Read(new AuditQuery())),
        [StoreOperation.BackUpStore] = trial => trial.Session.Backups().Create(new BackupRequest { Folder = trial.Backups }, null, default),
        [StoreOperation.RemoveBackup] = trial => trial.Session.Backups().Remove([], _ => { }, default),
        [StoreOperation.RestoreStore] = trial => trial.Session.Backups().BringBack(new RestoreRequest { Path = trial.Backup(), Patients = [trial.Patient] }, default),
        [StoreOperation.CheckAuditTrail] = trial => Assert.True(trial.Session.AuditTrail().Check([]).IsValid),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
    private readonly PatientStoreSession _administrator;

    public RoleTests() => _administrator = PatientStoreSession.Create(Provider, Path.Combine(_folder, "s.ptstore"), Options, new StoreCredential("chief", Password));

    public static TheoryData<StoreRole> Roles => [.. Enum.GetValues<StoreRole>()];

    [Fact]
    public void Each_operation_is_tried_or_asks_the_owner() =>
        Assert.Equal(StorePermissions.All.Where(one => one.Roles.Count > 0).Select(one => one.Operation), Ways.Keys.Order());

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_may_do_what_the_table_says_and_nothing_else(StoreRole role)
    {
        foreach (var (operation, way) in Ways)
        {
            var trial = new Trial(this, role);
            var refused = 0;
            using (trial.Session)
            {
                try
                {
                    way(trial);
                }
                catch (PatientToolsException e) when (e.ErrorId == "PermissionDenied")
                {
                    refused++;
                    Assert.Equal(operation, e.Target);
                }
            }

            Assert.True(StorePermissions.IsAllowed(role, operation) == (refused == 0), $"{operation} by {role}");
            var events = _administrator.AuditTrail().Read(new AuditQuery { Account = trial.Name, Operations = [operation] }, TestContext.Current.CancellationToken).ToList();
            if (refused == 0)
            {
                Assert.Contains(events, found => found is { Outcome: AuditOutcome.Succeeded, ErrorId: null } && found.Role == role);
            }
            else
            {
                var only = Assert.Single(events);
                Assert.Equal((AuditOutcome.Refused, "PermissionDenied", role, 0L), (only.Outcome, only.ErrorId, only.Role, only.PatientCount));
            }
        }
    }

    [Fact]
    public void A_store_without_accounts_allows_all_and_logs_all()
    {
        using var open = PatientStoreSession.Create(Provider, Path.Combine(_folder, "open.ptstore"), Options);
        Assert.Null(open.Role);
        open.Writer().Apply(new AddPatient(Someone(), DrawMrn: true));
        Assert.Contains(open.AuditTrail().Read(new AuditQuery(), TestContext.Current.CancellationToken), found => found is { Operation: StoreOperation.AddPatient, PatientCount: 1, Account: null });
    }

    [Theory]
    [InlineData("None", StoreOperation.PurgePatient, true)]
    [InlineData("Changes", StoreOperation.AddPatient, false)]
    [InlineData("Changes", StoreOperation.ExportPatients, false)]
    [InlineData("Changes", StoreOperation.SearchPatients, true)]
    [InlineData("All", StoreOperation.SearchPatients, false)]
    [InlineData("All", StoreOperation.ReadPatient, false)]
    [InlineData("All", StoreOperation.ReadStatus, true)]
    [InlineData("All", StoreOperation.ReadSettings, true)]
    [InlineData("All", StoreOperation.ChangeOwnPassword, true)]
    public void A_reason_is_wanted_where_the_setting_says_even_in_a_session_that_was_open_before(string setting, StoreOperation operation, bool without)
    {
        var trial = new Trial(this, StoreRole.Administrator);
        using (trial.Session)
        {
            trial.Session.Search().Count(new PatientQuery());
            _administrator.Settings().Write("ReasonRequired", setting);
            var error = Record.Exception(() => Ways[operation](trial)) as PatientToolsException;
            Assert.Equal(without ? null : "ReasonRequired", error?.ErrorId);
            if (!without)
            {
                using var call = trial.Session.Begin(new CallerNote("Some-Cmdlet", "because"));
                Ways[operation](trial with { Session = call.Session });
            }
        }

        using var last = _administrator.Begin(new CallerNote(null, "to see"));
        var events = last.Session.AuditTrail().Read(new AuditQuery { Account = trial.Name, Operations = [operation] }, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(without ? ["Succeeded "] : ["Refused ", "Succeeded because"], events.Where(found => found.ErrorId != null || found.Reason != null || without).Select(found => $"{found.Outcome} {found.Reason}").Distinct().Order());
    }

    public void Dispose()
    {
        _administrator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static PatientDocument Someone() => PatientDocument.Parse("""{"resourceType":"Patient","name":[{"family":"Amsel"}]}""");

    /// <summary>A session of an account of its own, with a patient to work on.</summary>
    private sealed record Trial
    {
        private readonly RoleTests _test;

        public Trial(RoleTests test, StoreRole role)
        {
            _test = test;
            Name = $"{role}-{Guid.NewGuid():N}";
            // Without a reason an administrator could not do it once the setting wants one.
            using var call = test._administrator.Begin(new CallerNote(null, "a trial"));
            call.Session.Accounts().Add(new StoreCredential(Name, Password), role);
            Patient = call.Session.Writer().Apply(new AddPatient(Someone(), DrawMrn: true)).State!.Stamp.Id;
            Session = Open();
        }

        public string Name { get; }

        public PatientId Patient { get; }

        public PatientStoreSession Session { get; init; }

        public PatientStoreSession Open() => Open(Name);

        public string NewPath(string kind) => Path.Combine(_test._folder, $"{Guid.NewGuid():N}.{kind}");

        public string Backups => Path.Combine(_test._folder, "backups");

        /// <summary>A backup that an administrator has made.</summary>
        public string Backup()
        {
            using var call = _test._administrator.Begin(new CallerNote(null, "a trial"));
            return call.Session.Backups().Create(new BackupRequest { Folder = Backups }, null, default)!.Path;
        }

        public string OtherAccount()
        {
            var name = $"other-{Guid.NewGuid():N}";
            using var call = _test._administrator.Begin(new CallerNote(null, "a trial"));
            call.Session.Accounts().Add(new StoreCredential(name, Password), StoreRole.Reader);
            return name;
        }

        public Guid OtherSession() => Open(OtherAccount()).SessionId;

        private PatientStoreSession Open(string name) => PatientStoreSession.Open(Provider, _test._administrator.Location, Options, new StoreCredential(name, Password));
    }
}

using System.Management.Automation;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>What -Filter and -Query find, and how they take what is written.</summary>
public sealed class FindByFilterTests : IDisposable
{
    private readonly StoreShell _store = new();

    public FindByFilterTests() => _store.Run("""
        $null = New-Patient -FamilyName Müller -GivenName Jürgen -BirthDate 1950-05-01 -Gender male -City 'Frankfurt am Main' -Country DE
        $null = New-Patient -FamilyName Weber -GivenName Anna -BirthDate 1958-12 -Gender female -City Bonn -Kvnr A123456780
        $null = New-Patient -FamilyName "O'Brien" -GivenName Kim -BirthDate 2015 -Gender other -City Bonn
        $null = New-Patient -FamilyName Schmidt -GivenName Paul -Deceased $true
        """).Succeeded();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("'Age -ge 65'", "Anna,Jürgen")]
    [InlineData("{ $_.Age -ge 65 }", "Anna,Jürgen")]
    [InlineData("{Age -ge 65}", "Anna,Jürgen")]
    [InlineData("\"City -eq 'bonn'\"", "Anna,Kim")]
    [InlineData("{ City -ceq 'bonn' }", "")]
    [InlineData("'City -eq $null'", "Paul")]
    [InlineData("'Age -lt 18 -or -not (Age -ge 0)'", "Kim,Paul")]
    [InlineData("\"City -like 'b*' -and Gender -in 'female', 'male'\"", "Anna")]
    [InlineData("'Deceased'", "Paul")]
    [InlineData("{ $_.BirthDate -eq '1958' }", "Anna")]
    [InlineData("{ Document.name.given -eq 'Kim' }", "Kim")]
    [InlineData("{ Kvnr -match '^A1' }", "Anna")]
    [InlineData("\"FamilyName -eq 'O''Brien'\"", "Kim")]
    public void Finds_by_text_and_by_script_block(string filter, string expected) =>
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), Found($"-Filter {filter}"));

    [Fact]
    public void A_script_block_is_read_and_never_run()
    {
        var error = _store.Run("$ran = 0; Find-Patient -Filter { ($script:ran = 1) -eq 1 }").FailedWith("FilterNotAllowed");
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(0, _store.One<int>("$ran"));
    }

    [Fact]
    public void A_variable_is_read_and_never_run()
    {
        _store.Run("""
            $global:ran = 0
            class Cities : System.Collections.IEnumerable {
                [System.Collections.IEnumerator] GetEnumerator() { $global:ran++; return @('Bonn').GetEnumerator() }
            }
            $cities = [Cities]::new()
            """).Succeeded();
        _store.Run("Find-Patient -Filter { City -in $cities }").FailedWith("FilterValueInvalid");
        Assert.Equal(0, _store.One<int>("$global:ran"));
    }

    [Fact]
    public void A_list_that_is_computed_is_refused() =>
        _store.Run("$years = [Linq.Enumerable]::Range(1, [int]::MaxValue); Find-Patient -Filter { BirthYear -in $years }").FailedWith("FilterValueInvalid");

    [Fact]
    public void A_member_that_has_no_value_now_is_as_if_it_were_not_there() =>
        _store.Run("$process = [Diagnostics.Process]::new(); Find-Patient -Filter { City -eq $process.ExitCode }").FailedWith("FilterUnknownVariable");

    [Fact]
    public void A_script_block_binds_under_constrained_language_without_a_warning()
    {
        _store.Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").Succeeded();
        var result = _store.Run("$city = 'Bonn'; Find-Patient -Filter { $_.City -eq $city } -Property GivenName").Succeeded();
        Assert.Equal(2, result.Output.Count);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("$city = 'Bonn'; Find-Patient -Filter 'City -eq $city'")]
    [InlineData("$city = 'Frankfurt'; & { $city = 'Bonn'; Find-Patient -Filter { City -eq $city } }")]
    [InlineData("$city = 'Bonn'; & { $city = 'Frankfurt'; Find-Patient -Filter { City -eq $global:city } }")]
    [InlineData("function f($city) { Find-Patient -Filter { City -eq $city } }; f Bonn")]
    [InlineData("$null = New-Module Towns { $city = 'Bonn'; function Find-Townspeople { Find-Patient -Filter { City -eq $city } } } | Import-Module -PassThru; Find-Townspeople")]
    [InlineData("$o = [pscustomobject]@{ Home = @{ city = 'Bonn' } }; Find-Patient -Filter 'City -eq $o.Home.City'")]
    [InlineData("$kim = Find-Patient Kim; Find-Patient -Filter 'City -eq $kim.City'")]
    [InlineData("$cities = 'Bonn', 'Kiel'; Find-Patient -Filter { City -in $cities }")]
    [InlineData("$cities = [Collections.Generic.List[object]]@('Bonn' | ForEach-Object { $_ }); Find-Patient -Filter { $_.City -in $cities }")]
    [InlineData("$env:PATIENT_CITY = 'Bonn'; Find-Patient -Filter { City -eq $env:PATIENT_CITY }")]
    [InlineData("$cities = [Collections.Generic.HashSet[string]]@('Bonn'); Find-Patient -Filter { $_.City -in $cities }")]
    [InlineData("$born = [datetime]'1955-01-01'; Find-Patient -Filter 'BirthDate -gt $born'")]
    [InlineData("$list = 1, 2; $people = Find-Patient -Filter 'Age -ge $list.Count -and City -ne \"Frankfurt am Main\"'; $people")]
    public void Variables_of_the_calling_scope_stand_for_values(string script) =>
        Assert.Equal(["Anna", "Kim"], _store.Texts($"{script} | ForEach-Object GivenName").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Script")]
    [InlineData("Alias")]
    [InlineData("Method")]
    [InlineData("ToString")]
    public void A_member_that_would_run_something_is_not_there(string member)
    {
        var result = _store.Run($$"""
            $ran = 0
            $o = [pscustomobject]@{ City = 'Bonn' }
            $o.psobject.Properties.Add([psscriptproperty]::new('Script', { $global:ran++; 'Bonn' }))
            $o.psobject.Properties.Add([psaliasproperty]::new('Alias', 'Script'))
            $o.psobject.Methods.Add([psscriptmethod]::new('Method', { $global:ran++; 'Bonn' }))
            Find-Patient -Filter 'City -eq $o.{{member}}'
            """);
        result.FailedWith("FilterUnknownVariable");
        Assert.Equal(0, _store.One<int>("$global:ran"));
    }

    [Theory]
    [InlineData("[Linq.Enumerable]::Select([string[]]'Bonn', [Func[string, string]]{ $global:ran++; 'Bonn' })")]
    [InlineData("[Linq.Enumerable]::Where([string[]]'Bonn', [Func[string, bool]]{ $global:ran++; $true })")]
    [InlineData("[Towns]::new()")]
    public void Values_that_would_have_to_be_computed_are_none(string values)
    {
        var result = _store.Run($$"""
            $global:ran = 0
            class Towns : Collections.IEnumerable { [Collections.IEnumerator] GetEnumerator() { $global:ran++; return @('Bonn').GetEnumerator() } }
            $towns = {{values}}
            Find-Patient -Filter 'City -in $towns'
            """);
        result.FailedWith("FilterValueInvalid");
        Assert.Equal(0, _store.One<int>("$global:ran"));
    }

    [Fact]
    public void A_member_that_cannot_be_read_is_told_from_a_variable_that_is_not_there()
    {
        Assert.Contains("There is no variable $none.City", _store.Run("Find-Patient -Filter 'City -eq $none.City'").FailedWith("FilterUnknownVariable").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("$people has no such member", _store.Run("$people = Find-Patient; Find-Patient -Filter 'City -in $people.City'").FailedWith("FilterUnknownVariable").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_offered_to_sort_by_can_be_sorted_by() =>
        Assert.Contains("Did you mean Age?", _store.Run("Find-Patient -SortBy Nme").FailedWith("UnknownProperty").Exception.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("-Filter 'Citty -eq 1'", "FilterUnknownProperty")]
    [InlineData("-Filter 'City -eq $nowhere'", "FilterUnknownVariable")]
    [InlineData("-Filter '(City -eq 1'", "FilterSyntax")]
    [InlineData("-Filter 'Age -ge old'", "FilterSyntax")]
    [InlineData("-Filter \"Age -ge 'old'\"", "FilterValueInvalid")]
    [InlineData("-Filter { Get-Process }", "FilterNotAllowed")]
    [InlineData("-Filter { $_.City.ToUpper() -eq 'BONN' }", "FilterNotAllowed")]
    [InlineData("-Filter \"City -match '('\"", "FilterPatternInvalid")]
    [InlineData("-Filter ('City -match \"' + '(a*)*' * 900 + 'b\"')", "FilterPatternInvalid")]
    [InlineData("-Filter ('City -notlike \"' + '*a' * 3000 + '\"')", "FilterPatternInvalid")]
    [InlineData("-SortBy Citty", "UnknownProperty")]
    [InlineData("-SortBy Condition", "PropertyNotSortable")]
    [InlineData("-Property Citty", "UnknownProperty")]
    [InlineData("-Property Nothing*", "UnknownProperty")]
    [InlineData("-Property '['", "UnknownProperty")]
    [InlineData("-Descending", "SortByMissing")]
    [InlineData("-PageSize 2 -After nonsense", "CursorInvalid")]
    public void What_cannot_be_answered_is_one_error_with_a_stable_id(string parameters, string errorId)
    {
        var error = _store.Run($"Find-Patient {parameters}").FailedWith(errorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.DoesNotContain("Exception", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("family=Müller", "Jürgen")]
    [InlineData("birthdate=ge1958&birthdate=lt2000", "Anna")]
    [InlineData("address-city:exact=Bonn&_sort=-birthdate", "Kim,Anna")]
    [InlineData("gender=male,other&_sort=family", "Jürgen,Kim")]
    [InlineData("_sort=birthdate&address-city=bonn&_count=1", "Anna")]
    public void FHIR_s_vocabulary_asks_the_same(string query, string expected) =>
        Assert.Equal(expected.Split(','), _store.Texts($"Find-Patient -Query '{query}' | ForEach-Object GivenName"));

    [Fact]
    public void Everything_that_is_asked_has_to_hold()
    {
        Assert.Equal(["Anna"], Found("-City Bonn -Filter 'Age -ge 60'"));
        Assert.Equal(["Anna"], Found("-Filter 'Age -ge 60' -Query 'address-city=Bonn'"));
        Assert.Equal(["Kim"], Found("-GivenName Kim -Query 'address-city=Bonn' -Filter 'Age -lt 60'"));
        Assert.Empty(Found("-GivenName Anna -Query 'address-city=Bonn' -Filter 'Age -lt 60'"));
    }

    [Fact]
    public void The_order_that_is_named_goes_before_that_of_a_query() =>
        Assert.Equal(["Anna", "Kim"], _store.Texts("Find-Patient -Query 'address-city=bonn&_sort=-birthdate' -SortBy BirthDate | ForEach-Object GivenName"));

    [Fact]
    public void Reading_documents_is_said_and_answers_from_the_index_say_nothing()
    {
        Assert.Contains("documents are read", Assert.Single(_store.Run("Find-Patient -Filter 'Document.name.given -eq \"Kim\"' -Verbose").Verbose), StringComparison.Ordinal);
        Assert.Empty(_store.Run("Find-Patient -Filter 'City -eq \"Bonn\"' -Verbose").Verbose);
    }

    private IReadOnlyList<string> Found(string parameters) =>
        [.. _store.Texts($"Find-Patient {parameters} | ForEach-Object GivenName").Order(StringComparer.Ordinal)];
}

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>Pages, cursors, counts, chosen properties and plans of Find-Patient.</summary>
public sealed class PagingTests : IDisposable
{
    private readonly StoreShell _store = new();

    public PagingTests() => _store.Run("New-PatientSample -Count 230 -Seed 7 | Import-Patient").Succeeded();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("-PageSize 50 -Page 2 -After x")]
    [InlineData("-PageSize 50 -First 3")]
    [InlineData("-PageSize 50 -Skip 3")]
    [InlineData("-PageSize 50 -IncludeTotalCount")]
    [InlineData("-PageSize 50 -Property Id")]
    [InlineData("-CountOnly -PageSize 50")]
    [InlineData("-CountOnly -SortBy City")]
    [InlineData("-CountOnly -First 1")]
    [InlineData("-CountOnly -Explain")]
    [InlineData("-Explain -PageSize 50")]
    [InlineData("-Explain -Property Id")]
    public void Nonsense_is_refused_when_parameters_are_bound(string parameters) =>
        _store.Run($"Find-Patient {parameters}").FailedWith("AmbiguousParameterSet");

    [Theory]
    [InlineData("-CountOnly:$false")]
    [InlineData("-Explain:$false")]
    public void A_switch_that_is_off_finds_patients(string parameters) =>
        Assert.Equal(230, _store.One<int>($"@(Find-Patient {parameters} | Where-Object {{ $_ -is [PatientTools.Patients.Patient] }}).Count"));

    [Theory]
    [InlineData("-PageSize 0")]
    [InlineData("-PageSize 50 -Page 0")]
    [InlineData("-PageSize 200000")]
    public void A_page_that_cannot_be_is_refused(string parameters) =>
        _store.Run($"Find-Patient {parameters}").FailedWith("ParameterArgumentValidationError");

    [Fact]
    public void A_page_tells_where_it_stands()
    {
        var page = Page("-PageSize 50 -Page 3");
        Assert.Equal("230 3 5 101 150 50", $"{page.Total} {page.Page} {page.PageCount} {page.From} {page.To} {ItemsOf((object)page)}");
        Assert.Equal("Page 3 of 5, patients 101 to 150 of 230", $"{page}");
        var last = Page("-PageSize 50 -Page 5");
        Assert.Equal("201 230 30", $"{last.From} {last.To} {ItemsOf((object)last)}");
        Assert.Null(last.Cursor);
        Assert.Equal(0, ItemsOf((object)Page("-PageSize 50 -Page 6")));
        var none = Page("-Name Niemandsonst -PageSize 50");
        Assert.Equal("0 1 1 0 0", $"{none.Total} {none.Page} {none.PageCount} {none.From} {none.To}");
        Assert.Equal("Page 1 of 1, no patients of 0", $"{none}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-SortBy FamilyName, GivenName")]
    [InlineData("-SortBy BirthDate -Descending")]
    [InlineData("-City B* -SortBy City")]
    [InlineData("-Filter 'Age -gt 40 -or Gender -eq ''female'''")]
    public void Pages_by_number_and_by_cursor_are_the_whole_answer(string parameters)
    {
        var all = _store.Texts($"Find-Patient {parameters} | ForEach-Object {{ $_.Id }}");
        Assert.NotEmpty(all);
        var byNumber = _store.Texts($"1..([Math]::Ceiling({all.Count} / 32)) | ForEach-Object {{ (Find-Patient {parameters} -PageSize 32 -Page $_).Items.Id }}");
        var byCursor = _store.Texts($$"""
            $page = Find-Patient {{parameters}} -PageSize 32
            $page.Items.Id
            while ($page.Cursor) { $page = Find-Patient {{parameters}} -PageSize 32 -After $page.Cursor; $page.Items.Id }
            """);
        Assert.Equal(all, byNumber);
        Assert.Equal(all, byCursor);
    }

    [Fact]
    public void Pages_of_one_search_agree_while_others_write()
    {
        var cities = _store.Texts("Find-Patient -SortBy City | ForEach-Object { $_.City }");
        var paged = _store.Texts("""
            $page = Find-Patient -SortBy City -PageSize 60
            $page.Items | ForEach-Object { $_.City }
            while ($page.Cursor) {
                Find-Patient | Set-Patient -City Aachen
                $null = New-Patient -FamilyName Neu -City Aachen
                $page = Find-Patient -SortBy City -PageSize 60 -After $page.Cursor
                if ($page.Total -ne 230) { throw "The total has become $($page.Total)." }
                $page.Items | ForEach-Object { $_.City }
            }
            """);
        Assert.Equal(cities, paged);
    }

    [Fact]
    public void A_cursor_of_another_question_is_refused()
    {
        _store.Run("$page = Find-Patient -SortBy City -PageSize 20").Succeeded();
        _store.Run("Find-Patient -SortBy FamilyName -PageSize 20 -After $page.Cursor").FailedWith("CursorOfOtherSearch");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Gender female")]
    [InlineData("-Filter 'Age -gt 40 -or City -like ''B*'''")]
    [InlineData("-Filter 'Document.gender -eq ''male'''")]
    [InlineData("-Query 'birthdate=lt1970'")]
    [InlineData("-Name Meier -Phonetic")]
    [InlineData("-Name Schmitd -Fuzzy")]
    [InlineData("-Name Niemandsonst")]
    public void The_count_is_the_number_of_objects(string parameters)
    {
        var count = _store.One<int>($"@(Find-Patient {parameters}).Count");
        Assert.Equal(count, Assert.Single(_store.Run($"Find-Patient {parameters} -CountOnly").Values<long>()));
        Assert.Equal(count, _store.One<long>($"(Find-Patient {parameters} -PageSize 10).Total"));
        Assert.Equal(count, _store.One<long>($"(Find-Patient {parameters} -Explain).Total"));
        Assert.Equal($"Total count: {count}", _store.Texts($"Find-Patient {parameters} -First 1 -IncludeTotalCount | ForEach-Object {{ $_.ToString() }}")[0]);
    }

    [Fact]
    public void Removed_patients_count_when_they_are_included()
    {
        _store.Run("Find-Patient -First 10 | Remove-Patient -Confirm:$false").Succeeded();
        Assert.Equal(220, _store.One<long>("Find-Patient -CountOnly"));
        Assert.Equal(230, _store.One<long>("Find-Patient -IncludeRemoved -CountOnly"));
        Assert.Equal(10, _store.One<long>("Find-Patient -Filter IsRemoved -IncludeRemoved -CountOnly"));
    }

    [Fact]
    public void Chosen_properties_come_in_the_order_they_were_named()
    {
        var found = _store.Run("Find-Patient -First 5 -Property City, mrn, *Name, Document.gender").Succeeded().Output;
        Assert.Equal(5, found.Count);
        Assert.All(found, patient => Assert.Equal("PatientTools.Patients.SelectedPatient", patient.TypeNames[0]));
        Assert.All(found, patient => Assert.Equal("City Mrn FamilyName GivenName Name Document.gender", string.Join(' ', patient.Properties.Select(property => property.Name))));
        Assert.Equal(_store.Texts("Find-Patient -First 5 | ForEach-Object { \"$($_.City)|$($_.Mrn)|$($_.FamilyName)|$($_.Gender)\" }"),
            found.Select(patient => string.Join('|', new[] { "City", "Mrn", "FamilyName", "Document.gender" }.Select(name => $"{patient.Properties[name].Value}"))));
    }

    [Fact]
    public void Chosen_properties_are_as_of_the_moment_of_the_search()
    {
        var before = _store.Texts("Find-Patient -Property Document.address.city | ForEach-Object { $_.'Document.address.city' }");
        var during = _store.Texts("Find-Patient -Property Id, Document.address.city | ForEach-Object { Set-Patient $_.Id -City Neustadt; $_.'Document.address.city' }");
        Assert.Equal(before, during);
        Assert.Equal(["Neustadt"], _store.Texts("Find-Patient -Property City | ForEach-Object City").Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_plan_says_which_index_answers()
    {
        _store.Run("$plan = Find-Patient -City Berlin -Filter 'Age -ge 40' -Explain").Succeeded();
        Assert.False(_store.One<bool>("$plan.ReadsDocuments"));
        Assert.Contains("from the index alone", _store.One<string>("\"$plan\""), StringComparison.Ordinal);
        var steps = _store.Texts("$plan.Steps");
        Assert.Contains(steps, step => step.Contains("CityText", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("Berlin", StringComparison.OrdinalIgnoreCase));
        Assert.True(_store.One<bool>("(Find-Patient -Filter 'Document.gender -eq \"male\"' -Explain).ReadsDocuments"));
    }

    [Fact]
    public void Who_is_written_like_it_comes_with_a_score_and_what_matched()
    {
        _store.Run("$null = 'Schmidt', 'Schmid', 'Weber' | ForEach-Object { New-Patient -FamilyName $_ }").Succeeded();
        var found = _store.Run("Find-Patient -FamilyName Schmitd -Fuzzy").Succeeded().Output;
        Assert.Equal("Schmidt", found[0].Properties["FamilyName"].Value);
        Assert.All(found, patient => Assert.Equal("PatientTools.Patients.RankedPatient", patient.TypeNames[0]));
        Assert.All(found, patient => Assert.InRange(Assert.IsType<double>(patient.Properties["Score"].Value), 0.01, 1));
        Assert.All(found, patient => Assert.NotEmpty(Assert.IsType<IEnumerable<string>>(patient.Properties["Matched"].Value, exactMatch: false)));
        Assert.Equal("PatientTools.Patients.RankedPatient", _store.Run("(Find-Patient -FamilyName Schmitd -Fuzzy -PageSize 2).Items").Succeeded().Output[0].TypeNames[0]);
    }

    [Fact]
    public void Who_sounds_like_it_is_found()
    {
        _store.Run("$null = 'Maier', 'Mair', 'Mejer', 'Weber' | ForEach-Object { New-Patient -FamilyName $_ -City Testhausen }").Succeeded();
        Assert.Equal(["Maier", "Mair", "Mejer"], _store.Texts("Find-Patient -FamilyName Meyer -Phonetic -City Testhausen -SortBy FamilyName | ForEach-Object FamilyName"));
    }

    [Fact]
    public void WhatIf_and_Confirm_of_a_script_do_not_keep_a_search_from_answering() =>
        Assert.Equal(230, _store.One<int>("& { $WhatIfPreference = $true; $ConfirmPreference = 'Low'; @(Find-Patient).Count }"));

    private static int ItemsOf(object page) => ((IEnumerable<object>)((dynamic)page).Items).Count();

    private dynamic Page(string parameters) => Assert.Single(_store.Run($"Find-Patient {parameters}").Succeeded().Output).BaseObject;
}

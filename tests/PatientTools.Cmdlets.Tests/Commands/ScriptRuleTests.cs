using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>Rules that are script blocks.</summary>
public sealed class ScriptRuleTests : IDisposable
{
    private const string Patient = """{"resourceType":"Patient","id":"p1","name":[{"family":"Buntspecht","given":["Ada"]}],"gender":"female","birthDate":"1958-03-04","multipleBirthInteger":2}""";
    private readonly HostedShell _shell = HostedShell.Start();

    public ScriptRuleTests()
    {
        _shell.Set("patient", Patient);
        _shell.Run("Set-StrictMode -Version 3").Succeeded();
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("{ if ($_.FamilyName -eq 'Buntspecht') { \"No $($_.GivenName)\" } }", "ScriptRule Error Patient No Ada")]
    [InlineData("{ param($p) \"$($p.BirthDate)\" }", "ScriptRule Error Patient 1958-03-04")]
    [InlineData("{ param($p, $document) \"$($document.name[0].given[0]) $($document.multipleBirthInteger + 1)\" }", "ScriptRule Error Patient Ada 3")]
    [InlineData("{ $args[1].birthDate.GetType().Name }", "ScriptRule Error Patient String")]
    [InlineData("{ param($p, $d, $record) \"$($record.Count)\" }", "ScriptRule Error Patient 0")]
    [InlineData("{ $false }", "ScriptRule Error Patient The rule 'ScriptRule' does not hold.")]
    [InlineData("{ @{ Message = 'm'; Severity = 'Warning'; Path = 'Patient.name[0]'; RuleId = 'Mine' } }", "Mine Warning Patient.name[0] m")]
    [InlineData("{ [pscustomobject]@{ message = 'm'; value = 5 } }", "ScriptRule Error Patient m")]
    [InlineData("{ throw 'oh' }", "RuleFailed Error Patient The rule 'ScriptRule' failed: oh")]
    [InlineData("{ @{ Colour = 'm' } }", "RuleFailed Error Patient The rule 'ScriptRule' failed: An issue has no 'Colour'. There are: Message, Severity, Path, Value, Hint, Suggestion, RuleId.")]
    [InlineData("{ $true }", null)]
    [InlineData("{ }", null)]
    [InlineData("{ $null, '' }", null)]
    public void What_a_script_writes_is_an_issue(string script, string? expected)
    {
        Assert.Equal(
            expected is null ? [] : [expected],
            Texts($"$patient | Test-Patient -Rule GenderCode -ScriptRule {script} | ForEach-Object {{ $_.Issues }} | ForEach-Object {{ \"$($_.RuleId) $($_.Severity) $($_.Path) $($_.Message)\" }}"));
    }

    [Fact]
    public void Several_scripts_run_in_order_and_one_that_fails_keeps_no_other()
    {
        Assert.Equal(
            ["False RuleFailed ScriptRule2 ScriptRule2"],
            Texts("$patient | Test-PatientBatch -Rule GenderCode -ScriptRule { 'lost'; throw 'oh' }, { 'b'; 'c' } | ForEach-Object { \"$($_.IsValid) $($_.Issues.RuleId)\" }"));
    }

    [Theory]
    [InlineData("break")]
    [InlineData("continue")]
    [InlineData("break Outer")]
    public void What_leaves_a_loop_in_a_script_leaves_none_of_the_callers(string statement)
    {
        Assert.Equal(
            ["1 RuleFailed", "2 RuleFailed", "after"],
            Texts($":Outer foreach ($i in 1) {{ $patient, $patient | Test-PatientBatch -Rule GenderCode -ScriptRule {{ {statement} }} | ForEach-Object {{ \"$($_.Number) $($_.Issues.RuleId)\" }}; 'after' }}"));
        Assert.Empty(Texts($"$patient | Test-Patient -Rule GenderCode -ScriptRule {{ foreach ($i in 1) {{ {statement.Split(' ')[0]} }} }} | ForEach-Object {{ $_.Issues }}"));
    }

    [Fact]
    public void A_script_runs_in_the_callers_scope()
    {
        Assert.Equal(
            ["Ada 2"],
            _shell.Run("function Hello { param($min) $script:seen = 0; $patient, $patient | Test-PatientBatch -Rule GenderCode -ScriptRule { $script:seen++; if ($script:seen -ge $min) { \"$($_.GivenName) $script:seen\" } } | ForEach-Object { $_.Issues } | ForEach-Object Message }; Hello 2")
                .Succeeded().Values<string>());
    }

    [Fact]
    public void What_a_script_finds_counts()
    {
        const string Rule = "-Rule GenderCode -ScriptRule { 'no' }";
        Assert.False(Assert.Single(_shell.Run($"$patient | Test-Patient -Quiet {Rule}").Succeeded().Values<bool>()));
        Assert.Single(_shell.Run($"$patient | Test-Patient -InvalidOnly {Rule}").Succeeded().Output);
        Assert.Equal(["ScriptRule: 1"], Texts($"$patient | Test-Patient -Summary {Rule} | ForEach-Object ByRule"));
    }

    [Fact]
    public void What_cannot_be_read_is_shown_to_no_script() =>
        Assert.Equal(["JsonSyntax"], Texts("'{\"resourceType\":' | Test-Patient -ScriptRule { 'seen' } | ForEach-Object { $_.Issues.RuleId }"));

    [Fact]
    public void A_script_that_never_ends_can_be_stopped()
    {
        var result = _shell.RunAndStopAfter(1, "'begin'; $patient | Test-Patient -ScriptRule { while ($true) { } }");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    private IReadOnlyList<string> Texts(string script) =>
        [.. _shell.Run($". {{ {script} }} | ForEach-Object {{ \"$_\" }}").Succeeded().Output.Select(value => (string)value.BaseObject)];
}

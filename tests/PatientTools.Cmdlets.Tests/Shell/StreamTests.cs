using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Shell;

public sealed class StreamTests
{
    private const string Everything = """
        [CmdletBinding()] param()
        $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'
        'output Müller €'
        $PSCmdlet.WriteWarning('careful'); $PSCmdlet.WriteVerbose('details'); $PSCmdlet.WriteDebug('insides')
        $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('wrong'), 'Wrong', 0, $null))
        [pscustomobject] @{ Name = 'Anna'; Age = 3 }
        """;

    [Fact]
    public async Task Errors_go_to_standard_error_and_all_else_to_standard_output()
    {
        using var file = new ScriptFile(Everything);
        var result = await ShellProcess.Run("-File", file.Path);
        Assert.Contains("output Müller €\nWARNING: careful\nVERBOSE: details\nDEBUG: insides\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Anna", result.Output, StringComparison.Ordinal);
        Assert.Contains("wrong", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_sequence_and_no_byte_order_mark()
    {
        using var file = new ScriptFile(Everything + "\n\"`e[31mred`e[0m\"");
        var result = await ShellProcess.Run("-File", file.Path);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
        Assert.StartsWith("output", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_tables_are_as_wide_as_120_columns()
    {
        var result = await ShellProcess.Run("-Command", "[pscustomobject] @{ A = 'a' * 40; B = 'b' * 40; C = 'c' * 30 }");
        Assert.Contains($"{new string('a', 40)} {new string('b', 40)} {new string('c', 30)}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Select-Object", "Get-PatientNothing | Select-Object -First 1")]
    [InlineData("Get-Content", "Get-Content x.txt -Raw")]
    [InlineData("Write-Host", "Write-Host hello -ForegroundColor Red")]
    [InlineData("Format-Table", "1 | ft Name, Age")]
    public async Task A_command_of_the_full_PowerShell_is_answered_with_where_it_lives_and_what_to_use(string name, string command)
    {
        var result = await ShellProcess.Run("-Command", command.Replace("Get-PatientNothing", "1", StringComparison.Ordinal));
        Assert.Contains($"{name} belongs to Microsoft.PowerShell.", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_question_is_an_error_when_nobody_is_to_be_asked()
    {
        var result = await ShellProcess.Run("-NonInteractive", "-Command", "$Host.UI.PromptForChoice('c', 'Delete it?', @('&Yes', '&No'), 0)");
        Assert.Contains("-NonInteractive", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task An_answer_may_come_from_standard_input()
    {
        var result = await ShellProcess.RunWithInput("maybe\nn\n", "-Command", "$Host.UI.PromptForChoice('c', 'Delete it?', @('&Yes', '&No'), 0)");
        Assert.EndsWith("1\n", result.Output, StringComparison.Ordinal);
    }
}

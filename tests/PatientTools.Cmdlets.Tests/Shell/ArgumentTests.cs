using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Shell;

public sealed class ArgumentTests
{
    private const string Echo = """
        param([string] $Name, [int] $Count, [switch] $Loud, [string[]] $Path, [Parameter(ValueFromRemainingArguments)] $Rest)
        "name=$Name count=$Count loud=$Loud bound=$($PSBoundParameters.ContainsKey('Loud')) path=$($Path -join '|') rest=$($Rest -join '|')"
        """;

    [Theory]
    [InlineData("name=O'Neill count=3 loud=False bound=False path= rest=", "-Name", "O'Neill", "-Count", "3")]
    [InlineData("name= count=0 loud=True bound=True path= rest=", "-Loud")]
    [InlineData("name= count=0 loud=False bound=True path= rest=", "-Loud:$false")]
    [InlineData("name=$(1+1) count=2 loud=False bound=False path= rest=", "$(1+1)", "2")]
    [InlineData("name=a:b count=0 loud=False bound=False path= rest=", "-Name:a:b")]
    [InlineData("name= count=-5 loud=False bound=False path= rest=", "-Count", "-5")]
    [InlineData("name=a count=1 loud=False bound=False path=x rest=y|z", "a", "1", "x", "y", "z")]
    [InlineData("name=‘quoted’ count=0 loud=False bound=False path= rest=", "‘quoted’")]
    public async Task Script_arguments_bind_by_name_and_position_and_are_never_evaluated(string expected, params string[] arguments)
    {
        using var file = new ScriptFile(Echo);
        var result = await ShellProcess.Run(["-File", file.Path, .. arguments]);
        Assert.Equal(expected, result.Output.Trim());
    }

    [Fact]
    public async Task A_script_knows_where_it_lies_and_runs_in_the_global_scope()
    {
        using var file = new ScriptFile("$PSCommandPath; $PSScriptRoot; $kept = 1; $global:kept");
        var result = await ShellProcess.Run(file.Path);
        Assert.Equal($"{file.Path}\n{Path.GetDirectoryName(file.Path)}\n1\n", result.Output);
    }

    [Fact]
    public async Task Standard_input_is_the_command_or_the_commands_input()
    {
        Assert.Equal("3\n", (await ShellProcess.RunWithInput("1 + 2", "-Command", "-")).Output);
        Assert.Equal("<a>\n<b>\n", (await ShellProcess.RunWithInput("a\nb\n", "-Command", "$input | ForEach-Object { \"<$_>\" }")).Output);
    }

    [Fact]
    public async Task Without_arguments_commands_come_line_by_line_and_unfinished_ones_go_on()
    {
        var result = await ShellProcess.RunWithInput("if ($true) {\n'yes'\n}\n1 + 1\nexit 3\n");
        Assert.Equal("yes\n2\n", result.Output);
        Assert.Equal(3, result.ExitCode);
    }
}

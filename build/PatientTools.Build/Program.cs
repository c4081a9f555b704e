using PatientTools.Build;

const string usage = """
    PatientTools.Build assemble --cmdlets <dll> --adapters <folder> --module <folder> --docs <folder>
                                --license <file> --version <version> --output <folder> [--symbols]
    PatientTools.Build help new    --cmdlets <dll> --docs <folder> [<cmdlet> ...]
    PatientTools.Build help update --cmdlets <dll> --docs <folder> [<cmdlet> ...]
    PatientTools.Build help check  --cmdlets <dll> --docs <folder>
    """;

try
{
    var command = Arguments.Parse(args);
    switch (string.Join(' ', command.Words.Take(command.Words is ["help", ..] ? 2 : 1)))
    {
        case "assemble":
            ModuleFolder.Assemble(ModuleParts.From(command));
            return 0;
        case "help new":
            return HelpPages.From(command).AddMissing(command.Words.Skip(2));
        case "help update":
            return HelpPages.From(command).Update(command.Words.Skip(2));
        case "help check":
            return HelpPages.From(command).Check();
        default:
            Console.Error.WriteLine(usage);
            return 64;
    }
}
catch (BuildException problem)
{
    // The form MSBuild reads as an error of the build.
    Console.Error.WriteLine($"PatientTools.Build : error PTB001: {problem.Message}");
    return 1;
}

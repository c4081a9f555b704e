namespace PatientTools.Build;

/// <summary>Where the parts of the module come from, and where it is put together.</summary>
/// <param name="Cmdlets">The compiled root module; Core lies beside it.</param>
/// <param name="Adapters">The output folder of the adapters, with their packages.</param>
/// <param name="Module">The hand-written parts: manifest, format and type files, and what a culture has beside help.</param>
/// <param name="Docs">The help pages and about topics.</param>
/// <param name="License">The licence file.</param>
/// <param name="Version">The product version.</param>
/// <param name="Output">The assembled module.</param>
/// <param name="Symbols">Whether debug symbols go along.</param>
internal sealed record ModuleParts(
    string Cmdlets, string Adapters, string Module, string Docs, string License, string Version, string Output, bool Symbols)
{
    public static ModuleParts From(Arguments arguments) => new(
        arguments.Require("cmdlets"),
        arguments.Require("adapters"),
        arguments.Require("module"),
        arguments.Require("docs"),
        arguments.Require("license"),
        arguments.Require("version"),
        arguments.Require("output"),
        arguments.Options.ContainsKey("symbols"));
}

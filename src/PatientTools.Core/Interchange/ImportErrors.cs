namespace PatientTools.Interchange;

/// <summary>The errors of reading a source that are told in more than one place.</summary>
internal static class ImportErrors
{
    public static PatientToolsException Empty(string file) =>
        new("EmptyImportFile", $"{file}: The file is empty.", ErrorKind.InvalidData) { Target = file };

    public static PatientToolsException Unrecognised(string file) =>
        new(
            "UnknownImportFormat",
            $"{file}: The content is neither JSON, nor CSV with a heading that is known, nor a zip or gzip file. Name the format if it is one of these.",
            ErrorKind.InvalidData)
        { Target = file };

    public static PatientToolsException NoCsv(string file) =>
        new("CsvNotAvailable", $"{file}: The file is CSV, for which no reader was given.", ErrorKind.NotSupported) { Target = file };

    public static PatientToolsException Damaged(string file, Exception cause) =>
        new("DamagedArchive", $"{file}: The compressed data is damaged or cut short; what stands behind the damage cannot be read.", ErrorKind.Damaged, cause) { Target = file };
}

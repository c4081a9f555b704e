namespace PatientTools.Interchange;

/// <summary>Takes CSV text apart.</summary>
public interface ICsvFormat
{
    /// <summary>Reads rows, the heading among them, one after the other.</summary>
    /// <param name="text">The text, from its first row on.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="firstLine">The line of the file at which the text begins.</param>
    /// <returns>The rows that are not blank.</returns>
    IEnumerable<CsvRow> Read(TextReader text, CsvDialect dialect, long firstLine);
}

/// <summary>A row of CSV.</summary>
/// <param name="Line">The line at which it begins, from 1.</param>
/// <param name="Values">Its values, without quotes around them; empty where there is a problem.</param>
/// <param name="Problem">Why the row cannot be read; null when it can.</param>
public sealed record CsvRow(long Line, string[] Values, PatientToolsException? Problem = null);

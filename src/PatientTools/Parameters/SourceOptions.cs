using System.Collections;
using System.Text;
using PatientTools.Hosting;
using PatientTools.Interchange;

namespace PatientTools.Parameters;

/// <summary>Puts together how a source is read, from the parameters that say so.</summary>
internal static class SourceOptions
{
    /// <summary>The options.</summary>
    /// <param name="format">The format.</param>
    /// <param name="delimiter">For CSV: what stands between values; null tells it from the content.</param>
    /// <param name="encoding">For CSV: the encoding; null tells it from the content.</param>
    /// <param name="map">For CSV: columns and the property each goes to.</param>
    public static ImportOptions Of(ImportFormat format, char? delimiter, Encoding? encoding, Hashtable? map) => new()
    {
        Format = format,
        CsvFormat = AdapterHost.Catalog.Csv,
        Csv = new CsvOptions
        {
            Delimiter = delimiter,
            Encoding = encoding,
            Map = map?.Keys.Cast<object>().ToDictionary(key => $"{key}", key => $"{map[key]}", StringComparer.Ordinal),
        },
    };
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using PatientTools.Patients;
using PatientTools.Search.Filter;

namespace PatientTools.Validation.Reports;

/// <summary>Writes a JSON object for each result into a line of its own.</summary>
/// <param name="content">Takes the text.</param>
internal abstract class ResultLineWriter(Stream content) : ReportWriter
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private Utf8JsonWriter? _json;

    /// <summary>What stands in front of the first, between two, and behind the last.</summary>
    private protected abstract (string Before, string Between, string After) Marks { get; }

    /// <summary>Whether a result was written.</summary>
    private protected bool HasResult { get; private set; }

    /// <inheritdoc/>
    public sealed override void Write(PatientValidationResult result)
    {
        _json ??= new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = LeastEscaping.Instance });
        Write(_json, result);
        _json.Flush();
        _json.Reset();
        Append(HasResult ? Marks.Between : Marks.Before);
        content.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
        HasResult = true;
    }

    /// <inheritdoc/>
    public override void End() => Append(HasResult ? Marks.After : Marks.Before + Marks.After);

    /// <summary>Writes the object.</summary>
    private protected abstract void Write(Utf8JsonWriter json, PatientValidationResult result);

    /// <summary>Text as JSON can hold it: half a surrogate pair, which a document may have as an escape, becomes a mark.</summary>
    private protected static string? Whole(string? text) =>
        text is not null && FilterValues.HasLoneSurrogate(text) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    private void Append(string mark) => content.Write(Encoding.UTF8.GetBytes(mark));
}

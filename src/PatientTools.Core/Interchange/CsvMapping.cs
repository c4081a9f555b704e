using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatientTools.Patients;
using PatientTools.Search.Text;

namespace PatientTools.Interchange;

/// <summary>
/// Turns rows into patients. Whatever cannot be read back from the document exactly as it came (a column that maps to
/// nothing, a date spelled otherwise, a word for a gender) is kept as legacy, so that every value of a row comes back.
/// </summary>
internal sealed class CsvMapping
{
    private static readonly JsonWriterOptions LegacyOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _file;
    private readonly string[] _columns;
    private readonly ColumnTarget?[] _targets;
    private readonly int[] _unread;
    private readonly int[] _ambiguous;

    public CsvMapping(string file, string[] heading, IReadOnlyDictionary<string, string>? map)
    {
        _file = file;
        _columns = Unique(heading);
        _targets = Assign(_columns, Asked(file, _columns, map));
        _unread = new int[_columns.Length];
        _ambiguous = new int[_columns.Length];
        if (Array.TrueForAll(_targets, target => target?.Field is null))
        {
            throw new PatientToolsException(
                "UnknownCsvColumns",
                $"{file}: None of the columns is known: {string.Join(", ", _columns)}. Say with a map which column is which property: {string.Join(", ", PatientColumns.Names)}.",
                ErrorKind.InvalidData)
            { Target = file };
        }
    }

    public int Columns => _columns.Length;

    public ImportItem Read(CsvRow row)
    {
        var place = new SourcePlace(_file, row.Line);
        if (row.Problem is { } problem)
        {
            return new RejectedItem(place, problem is InvalidDocumentException document ? document.In(_file, 1, 1) : problem);
        }

        if (row.Values.Length != _columns.Length)
        {
            return new RejectedItem(place, new InvalidDocumentException(
                "CsvColumnCount",
                string.Create(CultureInfo.InvariantCulture, $"{_file}: The row has {row.Values.Length} values, the heading {_columns.Length} columns."),
                row.Line)
            { Target = _file });
        }

        var (patient, id) = Document(row.Values);
        return new PatientItem(place, patient, Legacy(row.Values, patient.Properties), [], id ?? ContentKey(row.Values));
    }

    /// <summary>What could not be read, told once for each column when all rows are read.</summary>
    public IEnumerable<ImportItem> Notices()
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_ambiguous[i] > 0)
            {
                yield return Notice(i, _ambiguous[i], "dates with slashes, in which day and month cannot be told apart");
            }

            if (_unread[i] > 0)
            {
                yield return Notice(i, _unread[i], $"not readable as {_targets[i]!.Name}");
            }
        }
    }

    private NoticeItem Notice(int column, int count, string what) => new(
        new SourcePlace(_file, 1),
        string.Create(CultureInfo.InvariantCulture, $"Column '{_columns[column]}': {count} {(count == 1 ? "value is" : "values are")} {what}; kept as legacy."));

    private (PatientDocument Document, string? Id) Document(string[] values)
    {
        var fields = new PatientFields();
        string? houseNumber = null, line2 = null, id = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (_targets[i] is not { } target || Unguarded(values[i]) is not { Length: > 0 } text)
            {
                continue;
            }

            if (target == ColumnTarget.HouseNumber)
            {
                houseNumber = text;
            }
            else if (target == ColumnTarget.AddressLine2)
            {
                line2 = text;
            }
            else if (target.Field is { } field)
            {
                id = field == PatientField.FhirId ? text : id;
                fields[field] = Value(i, field, text);
            }
        }

        var street = string.Join(' ', new[] { houseNumber is null || IsNumberFirst() ? houseNumber : null, fields[PatientField.Street], IsNumberFirst() ? null : houseNumber }.Where(part => part is not null));
        fields[PatientField.Street] = line2 is null ? street : $"{street}\n{line2}";
        return (PatientDocumentEditor.Create(fields), id);
    }

    /// <summary>Where the number stands before the street in the file it does so in the address: 12 High Street, Hauptstraße 12.</summary>
    private bool IsNumberFirst() =>
        Array.IndexOf(_targets, ColumnTarget.HouseNumber) < Array.FindIndex(_targets, target => target?.Field == PatientField.Street);

    private string? Value(int column, PatientField field, string text)
    {
        var value = FieldText.Read(field, text);
        if (value is null && field != PatientField.FhirId)
        {
            Interlocked.Increment(ref text.Contains('/', StringComparison.Ordinal) ? ref _ambiguous[column] : ref _unread[column]);
        }

        return value;
    }

    /// <summary>Takes off blanks, and the apostrophe that our own CSV puts before what a spreadsheet would run as a formula.</summary>
    private static string Unguarded(string raw)
    {
        var text = raw.Trim();
        return text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
    }

    private byte[]? Legacy(string[] values, PatientProperties properties)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer, LegacyOptions);
        writer.WriteStartObject();
        var isEmpty = true;
        for (var i = 0; i < values.Length; i++)
        {
            // An empty value is kept only where the document shows one that another column brought.
            var shown = _targets[i]?.Field is { } field ? PatientFields.Read(properties, field) : null;
            if ((shown ?? "") != values[i])
            {
                writer.WriteString(_columns[i], values[i]);
                isEmpty = false;
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return isEmpty ? null : buffer.ToArray();
    }

    private string ContentKey(string[] values)
    {
        var content = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Length > 0)
            {
                content.Append(_columns[i]).Append('\u001F').Append(values[i]).Append('\u001E');
            }
        }

        return PatientDocument.ContentKey(Encoding.UTF8.GetBytes(content.ToString()));
    }

    /// <summary>Columns need names of their own, for legacy is told by them.</summary>
    private static string[] Unique(string[] heading)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var columns = new string[heading.Length];
        for (var i = 0; i < heading.Length; i++)
        {
            var name = heading[i].Trim();
            name = name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"Column {i + 1}");
            columns[i] = name;
            for (var number = 2; !used.Add(columns[i]); number++)
            {
                columns[i] = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            }
        }

        return columns;
    }

    private static Dictionary<int, ColumnTarget> Asked(string file, string[] columns, IReadOnlyDictionary<string, string>? map)
    {
        var asked = new Dictionary<int, ColumnTarget>();
        foreach (var (column, property) in map ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            var index = Array.FindIndex(columns, name => PatientColumns.Fold(name) == PatientColumns.Fold(column));
            if (index < 0)
            {
                throw Unknown("UnknownImportColumn", $"{file}: There is no column '{column}'", column, columns);
            }

            asked[index] = PatientColumns.Find(property)
                ?? throw Unknown("UnknownImportProperty", $"There is no property '{property}' that a column can go to", property, PatientColumns.Names);
        }

        return asked;
    }

    private static PatientToolsException Unknown(string id, string message, string wrong, IReadOnlyCollection<string> names) =>
        new(id, $"{message}. Did you mean '{NearestName.Of(wrong, names)}'? There are: {string.Join(", ", names)}.", ErrorKind.InvalidArgument) { Target = wrong };

    /// <summary>What was asked for goes first; of several columns for one target the first has it, the others are legacy.</summary>
    private static ColumnTarget?[] Assign(string[] columns, Dictionary<int, ColumnTarget> asked)
    {
        var taken = asked.Values.ToHashSet();
        var targets = new ColumnTarget?[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            targets[i] = asked.TryGetValue(i, out var target) ? target
                : PatientColumns.Recognise(columns[i]) is { } known && taken.Add(known) ? known
                : null;
        }

        return targets;
    }
}

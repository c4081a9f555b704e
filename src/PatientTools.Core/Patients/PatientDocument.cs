using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatientTools.Search;

namespace PatientTools.Patients;

/// <summary>
/// A FHIR R4 Patient as JSON, with every member kept, known to us or not, in order and to the last digit. Immutable.
/// </summary>
public sealed class PatientDocument : IEquatable<PatientDocument>
{
    private static readonly JsonDocumentOptions NodeOptions = new() { MaxDepth = JsonText.MaxDepth };
    private PatientProperties? _properties;
    private IReadOnlyList<SearchEntry>? _searchEntries;

    private PatientDocument(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>The compact JSON text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>What the document says of the patient, in friendly properties; read once.</summary>
    public PatientProperties Properties => _properties ??= PatientProperties.Read(Utf8.Span);

    /// <summary>The ways to find the patient by its document; made once.</summary>
    public IReadOnlyList<SearchEntry> SearchEntries => _searchEntries ??= Search.SearchEntries.Of(Properties);

    /// <summary>Takes a document, checking that it is a FHIR Patient in well-formed JSON.</summary>
    /// <param name="utf8">UTF-8 text.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InvalidDocumentException">
    /// <c>InvalidJson</c>, <c>DuplicateJsonMember</c>, or <c>NotAPatient</c> when <c>resourceType</c> is not <c>Patient</c>.
    /// </exception>
    public static PatientDocument Parse(ReadOnlySpan<byte> utf8)
    {
        var compact = JsonText.CompactObject(utf8);
        var type = ResourceType(compact);
        return type == "Patient"
            ? new PatientDocument(compact)
            : throw new InvalidDocumentException(
                "NotAPatient",
                type is null ? "The JSON object has no resourceType; a patient document needs \"resourceType\": \"Patient\"." : $"The resource is of type '{type}', not 'Patient'.");
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    /// <param name="json">The text.</param>
    public static PatientDocument Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encode(json));
    }

    /// <summary>Takes a document made of nodes.</summary>
    /// <param name="patient">The object; <c>resourceType</c> is added in front when it is missing.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InvalidDocumentException">As <see cref="Parse(ReadOnlySpan{byte})"/>.</exception>
    public static PatientDocument FromNode(JsonObject patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        if (!patient.ContainsKey("resourceType"))
        {
            patient.Insert(0, "resourceType", "Patient");
        }

        return Parse(Serialize(patient));
    }

    /// <summary>Takes text that a store of ours has checked before.</summary>
    /// <param name="utf8">Compact text, not to be changed afterwards.</param>
    /// <returns>The document.</returns>
    public static PatientDocument FromStore(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Makes a changed copy.</summary>
    /// <param name="change">Changes the tree of nodes it is given.</param>
    /// <returns>The new document; this one when the change changed nothing.</returns>
    /// <exception cref="InvalidDocumentException">The change made something that is not a patient document.</exception>
    public PatientDocument With(Action<JsonObject> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var node = ToNode();
        change(node);
        var changed = FromNode(node);
        return changed.Utf8.Span.SequenceEqual(Serialize(ToNode())) ? this : changed;
    }

    /// <summary>The document as a tree of nodes of its own.</summary>
    /// <returns>A new tree.</returns>
    public JsonObject ToNode() => JsonNode.Parse(Utf8.Span, documentOptions: NodeOptions)!.AsObject();

    /// <summary>A key for content that carries no id of its own.</summary>
    /// <returns>SHA-256 over the compact text, as <c>sha256:</c> and 32 hexadecimal digits (its first half).</returns>
    public string ContentKey() => ContentKey(Utf8.Span);

    /// <inheritdoc/>
    public bool Equals(PatientDocument? other) => other is not null && Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PatientDocument);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The compact JSON text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The key of some content; see <see cref="ContentKey()"/>.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The key.</returns>
    internal static string ContentKey(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return "sha256:" + Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>Writes a node as we store it: no escapes but those JSON demands.</summary>
    internal static byte[] Serialize(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = LeastEscaping.Instance, MaxDepth = JsonText.MaxDepth }))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static byte[] Encode(string json)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json);
        }
        catch (EncoderFallbackException e)
        {
            throw new InvalidDocumentException("InvalidJson", "The JSON holds half of a surrogate pair, which is no character.", 0, 0, e);
        }
    }

    private static string? ResourceType(ReadOnlySpan<byte> compact)
    {
        var reader = new Utf8JsonReader(compact, JsonText.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("resourceType"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}

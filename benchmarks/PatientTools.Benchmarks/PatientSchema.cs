using System.Text.Json;
using Json.Schema;

namespace PatientTools.Benchmarks;

/// <summary>What a JSON Schema can say of a sample patient: types, codes and forms; no check digits, no dates against each other, no other patients.</summary>
internal sealed class PatientSchema
{
    private const string Text = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "required": ["resourceType", "name"],
          "additionalProperties": false,
          "properties": {
            "resourceType": { "const": "Patient" },
            "id": { "type": "string", "pattern": "^[A-Za-z0-9\\-.]{1,64}$" },
            "identifier": { "type": "array", "minItems": 1, "items": {
              "type": "object", "additionalProperties": false, "properties": {
                "type": { "$ref": "#/$defs/concept" },
                "system": { "type": "string", "pattern": "^\\S+$" },
                "value": { "type": "string", "minLength": 1 } } } },
            "active": { "type": "boolean" },
            "name": { "type": "array", "minItems": 1, "items": {
              "type": "object", "additionalProperties": false, "properties": {
                "use": { "enum": ["usual", "official", "temp", "nickname", "anonymous", "old", "maiden"] },
                "family": { "type": "string", "pattern": "^[^\\s\\d\\u0000-\\u001F](.*[^\\s\\d\\u0000-\\u001F])?$" },
                "given": { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } },
                "prefix": { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } } } } },
            "telecom": { "type": "array", "minItems": 1, "items": {
              "type": "object", "additionalProperties": false, "properties": {
                "system": { "enum": ["phone", "fax", "email", "pager", "url", "sms", "other"] },
                "value": { "type": "string", "minLength": 3 } } } },
            "gender": { "enum": ["male", "female", "other", "unknown"] },
            "birthDate": { "type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$" },
            "deceasedDateTime": { "type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?" },
            "address": { "type": "array", "minItems": 1, "items": {
              "type": "object", "additionalProperties": false, "properties": {
                "line": { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } },
                "city": { "type": "string", "minLength": 1 },
                "postalCode": { "type": "string", "pattern": "^\\d{5}$" },
                "country": { "type": "string", "minLength": 2 } } } },
            "maritalStatus": { "$ref": "#/$defs/concept" }
          },
          "$defs": {
            "concept": { "type": "object", "additionalProperties": false, "properties": {
              "coding": { "type": "array", "minItems": 1, "items": {
                "type": "object", "additionalProperties": false, "properties": {
                  "system": { "type": "string", "pattern": "^\\S+$" },
                  "code": { "type": "string", "pattern": "^[^\\s]+(\\s[^\\s]+)*$" } } } },
              "text": { "type": "string", "minLength": 1 } } }
          }
        }
        """;

    private readonly JsonSchema _schema;

    private PatientSchema(JsonSchema schema) => _schema = schema;

    public static PatientSchema Load() => new(JsonSchema.FromText(Text));

    /// <summary>Checks each patient from its bytes.</summary>
    public void Check(byte[][] lines)
    {
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            if (!_schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List }).IsValid)
            {
                throw new InvalidOperationException("The schema refuses a clean sample.");
            }
        }
    }
}

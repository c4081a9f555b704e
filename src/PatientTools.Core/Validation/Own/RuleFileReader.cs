using System.Text.Json;
using System.Text.Unicode;
using PatientTools.Patients;
using PatientTools.Search.Filter;
using PatientTools.Search.Text;

namespace PatientTools.Validation.Own;

/// <summary>Takes the JSON of a rule file apart: what stands in it, and at which lines. Whatever it does not know is a fault, so that no typing error switches a rule off.</summary>
internal ref struct RuleFileReader
{
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly RuleFileFaults _faults;
    private readonly List<RuleDraft> _drafts = [];
    private Utf8JsonReader _reader;
    private RuleDraft? _draft;
    private long _line = 1;
    private int _counted;

    public RuleFileReader(ReadOnlySpan<byte> utf8, RuleFileFaults faults)
    {
        _utf8 = utf8;
        _faults = faults;
        _reader = new Utf8JsonReader(utf8, Options);
    }

    /// <summary>Reads the rules; of a file that breaks off, those in front of the break.</summary>
    public List<RuleDraft> Read()
    {
        if (!Utf8.IsValid(_utf8))
        {
            _faults.Add(0, null, "The file is not UTF-8. Save it as UTF-8.");
            return [];
        }

        if (_utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            _faults.Add(0, null, "The file is empty.");
            return [];
        }

        try
        {
            ReadRoot();
            // Whatever stands behind the end is told by the reader.
            _reader.Read();
        }
        catch (JsonException e)
        {
            _faults.Add((e.LineNumber ?? 0) + 1, _draft, JsonText.Malformed(e).Problem);
        }
        catch (InvalidOperationException)
        {
            _faults.Add(Line(), _draft, "A text holds half a character (a surrogate without its partner).");
        }

        return _drafts;
    }

    private void ReadRoot()
    {
        _reader.Read();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray:
                ReadRules();
                break;
            case JsonTokenType.StartObject:
                ReadObject();
                break;
            default:
                _faults.Add(Line(), null, "The file has to hold an array of rules, or an object with the member 'rules'.");
                break;
        }
    }

    private void ReadObject()
    {
        var line = Line();
        var (hasRules, isRule) = (false, false);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            if (name == "rules" && !hasRules)
            {
                hasRules = true;
                _reader.Read();
                ReadRulesMember();
                continue;
            }

            if (RuleDraft.Members.Contains(name, StringComparer.Ordinal))
            {
                isRule = true;
            }
            else if (name != "$schema")
            {
                _faults.Add(Line(), null, name == "rules" ? "The member 'rules' stands twice." : $"'{FilterExcerpt.Shorten(name)}' is not a member of a rule file. It has 'rules'.");
            }

            _reader.Read();
            _reader.Skip();
        }

        if (!hasRules)
        {
            _faults.Add(line, null, isRule ? "A single rule has to stand in an array: [ { … } ]." : "The member 'rules' is missing.");
        }
    }

    private void ReadRulesMember()
    {
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            ReadRules();
            return;
        }

        _faults.Add(Line(), null, "'rules' has to be an array of rules.");
        _reader.Skip();
    }

    private void ReadRules()
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                _faults.Add(Line(), null, "A rule has to be an object: { \"id\": …, \"require\": … }.");
                _reader.Skip();
                continue;
            }

            _draft = new RuleDraft(_drafts.Count + 1, Line());
            if (_drafts.Count == OwnRules.MostRules)
            {
                _faults.Add(_draft.Line, null, FormattableString.Invariant($"The file has more than {OwnRules.MostRules:N0} rules."));
            }

            ReadRule(_draft);
            _drafts.Add(_draft);
            _draft = null;
        }

        if (_drafts.Count == 0)
        {
            _faults.Add(0, null, "The file has no rule.");
        }
    }

    private void ReadRule(RuleDraft draft)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            var line = Line();
            _reader.Read();
            if (!RuleDraft.Members.Contains(name, StringComparer.Ordinal))
            {
                _faults.Add(line, draft, $"'{FilterExcerpt.Shorten(name)}' is not a member of a rule. Did you mean '{NearestName.Of(name, RuleDraft.Members)}'?");
                _reader.Skip();
            }
            else if (!draft.See(name))
            {
                _faults.Add(line, draft, $"'{name}' stands twice.");
                _reader.Skip();
            }
            else if (ReadMember(name, line, draft) is { } text)
            {
                draft.Set(name, new RuleMember(text, line));
            }
        }
    }

    /// <summary>A text, or one in two languages; null with a fault where it is neither.</summary>
    private LocalText? ReadMember(string name, long line, RuleDraft draft)
    {
        var isLocal = RuleDraft.LocalMembers.Contains(name, StringComparer.Ordinal);
        if (_reader.TokenType == JsonTokenType.String)
        {
            var text = _reader.GetString()!;
            return new LocalText(text, text);
        }

        if (isLocal && _reader.TokenType == JsonTokenType.StartObject)
        {
            return ReadLanguages(name, line, draft);
        }

        _faults.Add(line, draft, isLocal ? $"'{name}' has to be a text, or an object with 'en' and 'de'." : $"'{name}' has to be a text in quotes.");
        _reader.Skip();
        return null;
    }

    private LocalText? ReadLanguages(string name, long line, RuleDraft draft)
    {
        string? english = null, german = null;
        var isWrong = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var language = _reader.GetString()!;
            var place = Line();
            _reader.Read();
            var text = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;
            _reader.Skip();
            var problem = language is not ("en" or "de") ? $"'{name}' has 'en' and 'de', not '{FilterExcerpt.Shorten(language)}'."
                : text is null ? $"'{language}' of '{name}' has to be a text in quotes."
                : (language == "en" ? english : german) is not null ? $"'{language}' of '{name}' stands twice."
                : null;
            if (problem is not null)
            {
                _faults.Add(place, draft, problem);
                isWrong = true;
            }
            else if (language == "en")
            {
                english = text;
            }
            else
            {
                german = text;
            }
        }

        if ((english ?? german) is null && !isWrong)
        {
            _faults.Add(line, draft, $"'{name}' has neither 'en' nor 'de'.");
        }

        return (english ?? german) is { } any ? new LocalText(english ?? any, german ?? any) : null;
    }

    /// <summary>The line of the token at which the reader stands.</summary>
    private long Line()
    {
        var at = (int)_reader.TokenStartIndex;
        _line += _utf8[_counted..at].Count((byte)'\n');
        _counted = at;
        return _line;
    }
}

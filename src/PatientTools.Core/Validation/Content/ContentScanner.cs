using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PatientTools.Patients;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>
/// Scans JSON into a row of nodes, telling the FHIR element of each on the way, in one pass. It takes exactly what
/// <see cref="JsonText.CompactObject"/> takes; why it refuses something is told by that one, which is slower.
/// </summary>
/// <remarks>Written for speed: checking a patient costs little more than a reader's bare walk over the same bytes.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct ContentScanner
{
    private readonly NodeRow _row;
    private readonly MemberGuesses _guesses;
    private JsonCursor _text;
    private int _depth;

    /// <summary>Begins.</summary>
    /// <param name="json">The text; bytes beyond ASCII are taken for UTF-8.</param>
    /// <param name="row">Takes the nodes and faults.</param>
    /// <param name="guesses">Which member followed which in the documents before.</param>
    public ContentScanner(ReadOnlySpan<byte> json, NodeRow row, MemberGuesses guesses)
    {
        _text = new JsonCursor(json);
        _row = row;
        _guesses = guesses;
    }

    /// <summary>Whether a text or a name holds escapes.</summary>
    public readonly bool HasEscapes => _text.HasEscapes;

    /// <summary>Whether there are bytes beyond ASCII, of which it is not known yet that they are UTF-8.</summary>
    public readonly bool MayHaveBeyondAscii => _text.MayHaveBeyondAscii;

    /// <summary>Scans one object.</summary>
    /// <param name="type">Its type; null when R4 does not have it.</param>
    /// <returns>Whether the text is well-formed: what was found is of use only then.</returns>
    public bool Scan(out FhirType? type)
    {
        type = null;
        _text.SkipBlanks();
        if (_text.Peek() != '{')
        {
            return false;
        }

        type = ResourceTypeReader.Read(_text.Json[_text.At..]);
        var root = _row.Add(_text.At, -1, -1, -1, 0);
        if (type is null)
        {
            _row.AddFault(root, StructureFaultKind.UnknownResourceType, 0);
        }

        if (!ScanObject(root, type))
        {
            return false;
        }

        _text.SkipBlanks();
        return _text.IsAtEnd;
    }

    private bool ScanObject(int node, FhirType? type)
    {
        if (++_depth > JsonText.MaxDepth)
        {
            return false;
        }

        _text.At++;
        _text.SkipBlanks();
        if (_text.Peek() == '}')
        {
            _row.AddFault(node, StructureFaultKind.Empty, _row[node].Element);
        }
        else if (!ScanMembers(node, type))
        {
            return false;
        }

        _text.At++;
        _depth--;
        _row.Close(node, _text.At);
        return true;
    }

    private bool ScanMembers(int node, FhirType? type)
    {
        var members = new MembersSeen { Before = _row[node].Element };
        do
        {
            if (!ScanMember(node, type, ref members))
            {
                return false;
            }
        }
        while (_text.Skip(','));

        if (type is not null && (members.Present & type.RequiredPresence) != type.RequiredPresence)
        {
            AddMissing(node, type, members.Present);
        }

        return _text.Peek() == '}';
    }

    private bool ScanMember(int node, FhirType? type, ref MembersSeen members)
    {
        var start = _text.At + 1;
        ulong key;
        if (type is not null && _guesses[members.Before, members.Count == 0, type] is { } element && _text.IsAt(element.Key))
        {
            _text.At += element.Key.Length;
            _text.SkipBlanks();
            key = element.Number;
        }
        else if (!ScanName(type, members, out element, out key))
        {
            return false;
        }

        if (!members.Add(key, node, _row, _text.Json))
        {
            return false;
        }

        var child = _row.Add(_text.At, node, start, -1, element is null ? (ushort)0 : element.Number);
        if (element is null)
        {
            if (type is not null)
            {
                _row.AddFault(child, StructureFaultKind.UnknownMember, 0);
            }
        }
        else
        {
            members.Before = element.Number;
            if (element.Presence != 0 && members.IsSecondChoice(element))
            {
                _row.AddFault(child, StructureFaultKind.SecondChoice, element.Number);
            }
        }

        if (!ScanValue(child, element, isItem: false))
        {
            return false;
        }

        _text.SkipBlanks();
        return true;
    }

    /// <summary>Scans a name, the colon and the blanks around it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ScanName(FhirType? type, in MembersSeen members, out FhirElement? element, out ulong key)
    {
        (element, key) = (null, 0);
        if (_text.Peek() != '"')
        {
            return false;
        }

        var start = ++_text.At;
        if (!_text.SkipText(out var isEscaped))
        {
            return false;
        }

        var name = _text.Json[start..(_text.At - 1)];
        if (isEscaped && (name = JsonEscapes.Resolve(name)).IsEmpty)
        {
            return false;
        }

        element = type?.Find(name);
        key = element?.Number ?? MemberNames.Hash(name);
        if (element is not null)
        {
            _guesses.Remember(members.Before, members.Count == 0, type!, element);
        }

        _text.SkipBlanks();
        return _text.Skip(':');
    }

    private bool ScanValue(int node, FhirElement? element, bool isItem)
    {
        var first = _text.Peek();
        if (first == '[')
        {
            return ScanArray(node, element, isItem);
        }

        if (!isItem && element is { IsArray: true })
        {
            _row.AddFault(node, StructureFaultKind.NotRepeated, element.Number);
        }

        switch (first)
        {
            case '"':
                return ScanTextValue(node, element);
            case '{':
                return ScanObjectValue(node, element);
            case 't':
                return ScanWord(node, "true"u8, ContentKind.True, element);
            case 'f':
                return ScanWord(node, "false"u8, ContentKind.False, element);
            case 'n':
                return ScanNull(node, element, isItem);
            default:
                return ScanNumber(node, element);
        }
    }

    private bool ScanArray(int node, FhirElement? element, bool isItem)
    {
        if (++_depth > JsonText.MaxDepth)
        {
            return false;
        }

        _row[node].Kind = ContentKind.Array;
        if (element is not null && (isItem || !element.IsArray))
        {
            _row.AddFault(node, isItem ? StructureFaultKind.WrongType : StructureFaultKind.Repeated, element.Number);
        }

        _text.At++;
        _text.SkipBlanks();
        if (_text.Peek() == ']')
        {
            _row.AddFault(node, StructureFaultKind.Empty, _row[node].Element);
        }
        else
        {
            for (var index = 0; ; index++)
            {
                var item = _row.Add(_text.At, node, -1, index, element is null ? (ushort)0 : element.Number);
                if (!ScanValue(item, element, isItem: true))
                {
                    return false;
                }

                _text.SkipBlanks();
                var next = _text.Peek();
                if (next == ']')
                {
                    break;
                }

                if (next != ',')
                {
                    return false;
                }

                _text.At++;
                _text.SkipBlanks();
            }
        }

        _text.At++;
        _depth--;
        _row.Close(node, _text.At);
        return true;
    }

    private bool ScanObjectValue(int node, FhirElement? element)
    {
        _row[node].Kind = ContentKind.Object;
        var type = element?.Type;
        if (element is { IsAnyResource: true })
        {
            type = ResourceTypeReader.Read(_text.Json[_text.At..]);
            if (type is null)
            {
                _row.AddFault(node, StructureFaultKind.UnknownResourceType, element.Number);
            }
        }
        else if (element is { Primitive: not FhirPrimitive.None })
        {
            _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
        }

        return ScanObject(node, type);
    }

    private bool ScanTextValue(int node, FhirElement? element)
    {
        var start = ++_text.At;
        if (!_text.SkipText(out var isEscaped))
        {
            return false;
        }

        ref var value = ref _row[node];
        (value.Kind, value.Start, value.Length, value.IsEscaped, value.Next) = (ContentKind.Text, start, _text.At - 1 - start, isEscaped, node + 1);
        if (isEscaped && JsonEscapes.Resolve(_text.Json.Slice(start, value.Length)).IsEmpty)
        {
            return false;
        }

        if (element is not null)
        {
            var text = _text.Json.Slice(start, value.Length);
            text = isEscaped ? JsonEscapes.Resolve(text) : text;
            if (element.Trace != FhirTrace.None)
            {
                _row.Note(element, text);
            }

            Report(node, element, ElementCheck.OfText(element, text));
        }

        return true;
    }

    private bool ScanNumber(int node, FhirElement? element)
    {
        var start = _text.At;
        if (!_text.SkipNumber())
        {
            return false;
        }

        ref var value = ref _row[node];
        (value.Kind, value.Length, value.Next) = (ContentKind.Number, _text.At - start, node + 1);
        if (element is not null)
        {
            Report(node, element, ElementCheck.OfNumber(element, _text.Json[start.._text.At]));
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ScanWord(int node, ReadOnlySpan<byte> word, ContentKind kind, FhirElement? element)
    {
        if (!_text.Json[_text.At..].StartsWith(word))
        {
            return false;
        }

        _text.At += word.Length;
        ref var value = ref _row[node];
        (value.Kind, value.Length, value.Next) = (kind, word.Length, node + 1);
        if (element is not null && element.Primitive != FhirPrimitive.Boolean && kind != ContentKind.Null)
        {
            _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
        }

        return true;
    }

    /// <summary>In arrays of primitives, and in those of their shadows, <c>null</c> keeps the place (hl7.org/fhir/R4/json.html#primitive).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ScanNull(int node, FhirElement? element, bool isItem)
    {
        if (element is not null && !(isItem && (element.Primitive != FhirPrimitive.None || element.IsShadow)))
        {
            _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
        }

        return ScanWord(node, "null"u8, ContentKind.Null, element);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void AddMissing(int node, FhirType type, ulong present)
    {
        foreach (var element in type.Required)
        {
            if ((present & element.Presence) == 0)
            {
                _row.AddFault(node, StructureFaultKind.Missing, element.Number);
            }
        }
    }

    private readonly void Report(int node, FhirElement element, StructureFaultKind? fault)
    {
        if (fault is { } kind)
        {
            _row.AddFault(node, kind, element.Number);
        }
    }
}

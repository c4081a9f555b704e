using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PatientTools.Patients;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>
/// Scans JSON into a row of nodes, telling the FHIR element of each on the way, in one pass. It takes exactly what
/// <see cref="JsonText.CompactObject"/> takes; why it refuses something is told by that one, which is slower.
/// </summary>
/// <remarks>Written for speed: checking a patient costs little more than a reader's bare walk over the same bytes.</remarks>
internal ref struct ContentScanner
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly NodeRow _row;
    private readonly MemberNames _members;
    private int _at;
    private int _depth;

    /// <summary>Begins.</summary>
    /// <param name="json">Valid UTF-8.</param>
    /// <param name="row">Takes the nodes and faults.</param>
    /// <param name="members">For telling repeated members.</param>
    public ContentScanner(ReadOnlySpan<byte> json, NodeRow row, MemberNames members)
    {
        _json = json;
        _row = row;
        _members = members;
    }

    /// <summary>Whether a text or a name holds escapes.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Scans one object.</summary>
    /// <param name="type">Its type; null when R4 does not have it.</param>
    /// <returns>Whether the text is well-formed: what was found is of use only then.</returns>
    public bool Scan(out FhirType? type)
    {
        type = null;
        SkipBlanks();
        if (Peek() != '{')
        {
            return false;
        }

        type = ResourceTypeAt(_at);
        var root = _row.Add(new ContentNode { Start = _at, Parent = -1, NameStart = -1, Index = -1, Kind = ContentKind.Object });
        if (type is null)
        {
            _row.AddFault(root, StructureFaultKind.UnknownResourceType, 0);
        }

        if (!ScanObject(root, type))
        {
            return false;
        }

        SkipBlanks();
        return _at == _json.Length;
    }

    private bool ScanObject(int node, FhirType? type)
    {
        if (++_depth > JsonText.MaxDepth)
        {
            return false;
        }

        _at++;
        _members.Enter();
        var present = default(Presence);
        SkipBlanks();
        if (Peek() == '}')
        {
            _row.AddFault(node, StructureFaultKind.Empty, _row[node].Element);
        }
        else
        {
            while (true)
            {
                if (!ScanMember(node, type, ref present))
                {
                    return false;
                }

                var next = Peek();
                if (next == '}')
                {
                    break;
                }

                if (next != ',')
                {
                    return false;
                }

                _at++;
                SkipBlanks();
            }

            if (type is not null && (present.Any & type.RequiredPresence) != type.RequiredPresence)
            {
                AddMissing(node, type, present.Any);
            }
        }

        _at++;
        _depth--;
        _members.Leave();
        _row.Close(node, _at);
        return true;
    }

    private bool ScanMember(int node, FhirType? type, ref Presence present)
    {
        if (Peek() != '"')
        {
            return false;
        }

        var start = ++_at;
        if (!ScanText(out var isEscaped))
        {
            return false;
        }

        var name = _json[start..(_at - 1)];
        if (isEscaped)
        {
            name = Resolved(name);
            if (name.IsEmpty)
            {
                return false;
            }
        }

        var element = type?.Find(name);
        if (!(element is null ? _members.Add(name) : _members.Add(element.Number)))
        {
            return false;
        }

        SkipBlanks();
        if (Peek() != ':')
        {
            return false;
        }

        _at++;
        SkipBlanks();
        var child = _row.Add(new ContentNode { Start = _at, Parent = node, NameStart = start, Index = -1, Element = element?.Number ?? 0 });
        if (element is null)
        {
            if (type is not null)
            {
                _row.AddFault(child, StructureFaultKind.UnknownMember, 0);
            }
        }
        else if (element.Presence != 0)
        {
            CheckPresence(child, element, ref present);
        }

        if (!ScanValue(child, element, isItem: false))
        {
            return false;
        }

        SkipBlanks();
        return true;
    }

    private bool ScanValue(int node, FhirElement? element, bool isItem)
    {
        var first = Peek();
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

        _at++;
        SkipBlanks();
        if (Peek() == ']')
        {
            _row.AddFault(node, StructureFaultKind.Empty, _row[node].Element);
        }
        else
        {
            for (var index = 0; ; index++)
            {
                var item = _row.Add(new ContentNode { Start = _at, Parent = node, NameStart = -1, Index = index, Element = element?.Number ?? 0 });
                if (!ScanValue(item, element, isItem: true))
                {
                    return false;
                }

                SkipBlanks();
                var next = Peek();
                if (next == ']')
                {
                    break;
                }

                if (next != ',')
                {
                    return false;
                }

                _at++;
                SkipBlanks();
            }
        }

        _at++;
        _depth--;
        _row.Close(node, _at);
        return true;
    }

    private bool ScanObjectValue(int node, FhirElement? element)
    {
        _row[node].Kind = ContentKind.Object;
        var type = element?.Type;
        if (element is { IsAnyResource: true })
        {
            type = ResourceTypeAt(_at);
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
        var start = ++_at;
        if (!ScanText(out var isEscaped))
        {
            return false;
        }

        ref var value = ref _row[node];
        (value.Kind, value.Start, value.Length, value.IsEscaped, value.Next) = (ContentKind.Text, start, _at - 1 - start, isEscaped, node + 1);
        if (isEscaped && Resolved(_json.Slice(start, value.Length)) is { IsEmpty: true })
        {
            return false;
        }

        if (element is not null)
        {
            CheckText(node, element, start, value.Length, isEscaped);
        }

        return true;
    }

    private readonly void CheckText(int node, FhirElement element, int start, int length, bool isEscaped)
    {
        if (length == 0)
        {
            _row.AddFault(node, StructureFaultKind.Empty, element.Number);
            return;
        }

        switch (element.Primitive)
        {
            case FhirPrimitive.String or FhirPrimitive.Markdown or FhirPrimitive.Xhtml:
                return;
            case FhirPrimitive.None or FhirPrimitive.Boolean or FhirPrimitive.Integer or FhirPrimitive.Decimal or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt:
                _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
                return;
        }

        var text = _json.Slice(start, length);
        text = isEscaped ? Resolved(text) : text;
        if (element.Codes is { } codes ? !codes.Contains(text) : !FhirSyntax.IsText(element.Primitive, text))
        {
            _row.AddFault(node, FaultOf(element.Primitive), element.Number);
        }
    }

    private static StructureFaultKind FaultOf(FhirPrimitive type) => type switch
    {
        FhirPrimitive.Code => StructureFaultKind.WrongCode,
        FhirPrimitive.Date or FhirPrimitive.DateTime or FhirPrimitive.Instant or FhirPrimitive.Time => StructureFaultKind.WrongDate,
        _ => StructureFaultKind.WrongSyntax,
    };

    private bool ScanNumber(int node, FhirElement? element)
    {
        var start = _at;
        if (Peek() == '-')
        {
            _at++;
        }

        if (Peek() == '0')
        {
            _at++;
        }
        else if (SkipDigits() == 0)
        {
            return false;
        }

        if (Peek() == '.')
        {
            _at++;
            if (SkipDigits() == 0)
            {
                return false;
            }
        }

        if (Peek() is 'e' or 'E')
        {
            _at++;
            if (Peek() is '+' or '-')
            {
                _at++;
            }

            if (SkipDigits() == 0)
            {
                return false;
            }
        }

        ref var value = ref _row[node];
        (value.Kind, value.Length, value.Next) = (ContentKind.Number, _at - start, node + 1);
        if (element is not null)
        {
            CheckNumber(node, element, _json[start.._at]);
        }

        return true;
    }

    private readonly void CheckNumber(int node, FhirElement element, ReadOnlySpan<byte> number)
    {
        if (element.Primitive is not (FhirPrimitive.Integer or FhirPrimitive.Decimal or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt))
        {
            _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
        }
        else if (!FhirSyntax.IsNumber(element.Primitive, number))
        {
            _row.AddFault(node, StructureFaultKind.WrongSyntax, element.Number);
        }
    }

    private bool ScanWord(int node, ReadOnlySpan<byte> word, ContentKind kind, FhirElement? element)
    {
        if (!_json[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        ref var value = ref _row[node];
        (value.Kind, value.Length, value.Next) = (kind, word.Length, node + 1);
        if (element is not null && element.Primitive != FhirPrimitive.Boolean && kind != ContentKind.Null)
        {
            _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
        }

        return true;
    }

    /// <summary>In arrays of primitives, and in those of their shadows, <c>null</c> keeps the place (hl7.org/fhir/R4/json.html#primitive).</summary>
    private bool ScanNull(int node, FhirElement? element, bool isItem)
    {
        if (element is not null && !(isItem && (element.Primitive != FhirPrimitive.None || element.IsShadow)))
        {
            _row.AddFault(node, StructureFaultKind.WrongType, element.Number);
        }

        return ScanWord(node, "null"u8, ContentKind.Null, element);
    }

    private readonly void CheckPresence(int child, FhirElement element, ref Presence present)
    {
        present.Any |= element.Presence;
        if (element.IsShadow)
        {
            return;
        }

        if (element.Choice is not null && (present.Values & element.Presence) != 0)
        {
            _row.AddFault(child, StructureFaultKind.SecondChoice, element.Number);
        }

        present.Values |= element.Presence;
    }

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

    /// <summary>The type of the resource that begins at a place. It nearly always stands first.</summary>
    private readonly FhirType? ResourceTypeAt(int start)
    {
        var rest = _json[start..];
        var head = "{\"resourceType\":\""u8;
        if (rest.StartsWith(head))
        {
            rest = rest[head.Length..];
            var end = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (end >= 0 && rest[end] == (byte)'"')
            {
                return FhirModel.FindResource(rest[..end]);
            }
        }

        return Interchange.ResourceReader.TypeOf(_json[start..]) is { } type ? FhirModel.FindResource(System.Text.Encoding.UTF8.GetBytes(type)) : null;
    }

    /// <summary>Goes behind the closing quote of a text whose opening quote is passed.</summary>
    private bool ScanText(out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            var at = IndexOfSpecial(_json, _at);
            if (at < 0)
            {
                return false;
            }

            _at = at + 1;
            switch (_json[at])
            {
                case (byte)'"':
                    return true;
                case (byte)'\\' when _at < _json.Length:
                    isEscaped = HasEscapes = true;
                    _at++;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>The next quote, backslash or control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOfSpecial(ReadOnlySpan<byte> json, int at)
    {
        while (at + Vector128<byte>.Count <= json.Length)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            var found = special.ExtractMostSignificantBits();
            if (found != 0)
            {
                return at + BitOperations.TrailingZeroCount(found);
            }

            at += Vector128<byte>.Count;
        }

        for (; at < json.Length; at++)
        {
            if (json[at] is (byte)'"' or (byte)'\\' or < (byte)' ')
            {
                return at;
            }
        }

        return -1;
    }

    private int SkipDigits()
    {
        var start = _at;
        while (_at < _json.Length && char.IsAsciiDigit((char)_json[_at]))
        {
            _at++;
        }

        return _at - start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipBlanks()
    {
        while (_at < _json.Length && _json[_at] <= ' ')
        {
            if (_json[_at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return;
            }

            _at++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly char Peek() => _at < _json.Length ? (char)_json[_at] : '\0';

    /// <summary>The text without its escapes; empty when one of them is none.</summary>
    private static ReadOnlySpan<byte> Resolved(ReadOnlySpan<byte> escaped)
    {
        var plain = new byte[escaped.Length];
        var length = JsonEscapes.Resolve(escaped, plain);
        return length < 0 ? [] : plain.AsSpan(0, length);
    }

    /// <summary>Which of the members that have to be there, and of choices, an object has.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Presence
    {
        /// <summary>As values or as shadows, which may say why there is no value.</summary>
        public ulong Any;

        /// <summary>As values.</summary>
        public ulong Values;
    }
}

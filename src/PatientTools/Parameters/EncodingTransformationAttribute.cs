using System.Management.Automation;
using System.Text;

namespace PatientTools.Parameters;

/// <summary>Makes an encoding of its name, of PowerShell's short names, or of a code page's number.</summary>
public sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string name => Find(name, Named),
            int codePage => Find(codePage, Numbered),
            _ => inputData,
        };

    private static Encoding Find<T>(T given, Func<T, Encoding?> find)
    {
        try
        {
            return find(given) ?? throw Unknown(given, null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Unknown(given, e);
        }
    }

    private static Encoding? Named(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF8BOM" or "UTF8NOBOM" => Encoding.UTF8,
        "ANSI" => CodePagesEncodingProvider.Instance.GetEncoding(1252),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
    };

    private static Encoding? Numbered(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

    private static ArgumentTransformationMetadataException Unknown<T>(T given, Exception? cause) =>
        new($"'{given}' is not an encoding. Write a name such as utf-8, utf-16, windows-1252 or iso-8859-15.", cause);
}

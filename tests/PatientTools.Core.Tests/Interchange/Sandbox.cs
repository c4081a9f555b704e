using System.IO.Compression;
using System.Text;
using PatientTools.Interchange;

namespace PatientTools.Core.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class Sandbox : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("patienttools-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var file = new GZipStream(File.Create(At(name)), CompressionLevel.Fastest);
            file.Write(content);
        }
        else
        {
            File.WriteAllBytes(At(name), content);
        }

        return At(name);
    }

    public string Zip(string name, params (string Name, byte[] Content)[] entries)
    {
        using var zip = ZipFile.Open(At(name), ZipArchiveMode.Create);
        foreach (var (entryName, content) in entries)
        {
            using var stream = zip.CreateEntry(entryName).Open();
            stream.Write(content);
        }

        return At(name);
    }

    public List<ImportItem> Read(string name, string text, ImportOptions? options = null) => [.. PatientSources.Open(Write(name, text), options).Read()];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

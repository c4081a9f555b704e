using System.IO.Compression;
using System.Text;

namespace PatientTools.Core.Tests;

/// <summary>Real data beside the repository; tests skip, saying so, where it is absent.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    /// <summary>The path of a file or folder of the real data.</summary>
    public static string PathOf(string relative)
    {
        Assert.SkipWhen(Folder is null, "The folder ../shared/data with real patient data is absent (or set PATIENTTOOLS_DATA).");
        return Path.Combine(Folder!, relative);
    }

    /// <summary>Every JSON text of the real data with its name: files, lines of NDJSON, entries of archives.</summary>
    public static IEnumerable<(string Name, byte[] Json)> AllJson()
    {
        var root = PathOf("");
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var json in JsonOf(file))
            {
                yield return (Path.GetRelativePath(root, file), json);
            }
        }
    }

    /// <summary>The JSON texts of one file.</summary>
    public static IEnumerable<byte[]> JsonOf(string file)
    {
        if (file.EndsWith(".json", StringComparison.Ordinal))
        {
            return [File.ReadAllBytes(file)];
        }

        if (file.EndsWith(".zip", StringComparison.Ordinal))
        {
            return Entries(file);
        }

        return file.EndsWith(".ndjson", StringComparison.Ordinal) ? Lines(File.OpenRead(file))
            : file.EndsWith(".ndjson.gz", StringComparison.Ordinal) ? Lines(new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
            : [];
    }

    private static IEnumerable<byte[]> Entries(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            yield return content.ToArray();
        }
    }

    private static IEnumerable<byte[]> Lines(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return Encoding.UTF8.GetBytes(line);
            }
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PATIENTTOOLS_DATA") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PatientTools.sln")))
            {
                var data = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}

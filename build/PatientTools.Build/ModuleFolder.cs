using System.Text;

namespace PatientTools.Build;

/// <summary>
/// Puts the module together. What the folder must hold is worked out first; then files that differ are written and all
/// others are deleted, so that nothing of an earlier build survives and an unchanged file keeps its time.
/// </summary>
internal sealed class ModuleFolder
{
    /// <summary>The platforms whose native SQLite is shipped; the packages bring three times as many.</summary>
    private static readonly string[] Platforms =
        ["win-x64", "win-arm64", "linux-x64", "linux-arm64", "linux-musl-x64", "osx-x64", "osx-arm64"];

    private readonly SortedDictionary<string, Func<byte[]>> _files = new(StringComparer.Ordinal);

    public static void Assemble(ModuleParts parts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(parts.Output)))!);
        using var turn = TakeTurn(parts.Output);
        var folder = new ModuleFolder();
        folder.AddAssemblies(parts);
        folder.AddAdapters(parts);
        folder.AddHandWritten(parts);
        folder.AddHelp(parts, CmdletAssembly.Load(parts.Cmdlets));
        folder.Synchronise(parts.Output);
    }

    /// <summary>Two builds may run at once, in two processes: the second waits for the first.</summary>
    private static FileStream TakeTurn(string output)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + ".lock";
        for (var deadline = Environment.TickCount64 + 60_000; ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException && Environment.TickCount64 < deadline)
            {
                Thread.Yield();
            }
        }
    }

    private void AddAssemblies(ModuleParts parts)
    {
        var source = Path.GetDirectoryName(Path.GetFullPath(parts.Cmdlets))!;
        foreach (var name in new[] { "PatientTools", "PatientTools.Core" })
            AddAssembly(source, name + ".dll", name + ".dll", parts.Symbols);
        Add("LICENSE", parts.License);
    }

    private void AddAdapters(ModuleParts parts)
    {
        foreach (var path in Directory.EnumerateFiles(parts.Adapters, "*.dll"))
        {
            var name = Path.GetFileName(path);
            if (name != "PatientTools.Core.dll")
                AddAssembly(parts.Adapters, name, $"adapters/{name}", parts.Symbols && name == "PatientTools.Adapters.dll");
        }

        foreach (var platform in Platforms)
        {
            var native = Path.Combine(parts.Adapters, "runtimes", platform, "native");
            if (!Directory.Exists(native))
                throw new BuildException($"The adapters have no native library for {platform}.");
            foreach (var path in Directory.EnumerateFiles(native))
                Add($"adapters/runtimes/{platform}/native/{Path.GetFileName(path)}", path);
        }
    }

    private void AddHandWritten(ModuleParts parts)
    {
        foreach (var path in Directory.EnumerateFiles(parts.Module, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(parts.Module, path).Replace('\\', '/');
            if (name != "PatientTools.psd1")
                Add(name, path);
        }
    }

    private void AddHelp(ModuleParts parts, IReadOnlyList<System.Management.Automation.CmdletInfo> cmdlets)
    {
        var manifest = File.ReadAllText(Path.Combine(parts.Module, "PatientTools.psd1"));
        Add("PatientTools.psd1", () => Utf8(ModuleManifest.Write(manifest, parts.Version, cmdlets.Select(cmdlet => cmdlet.Name))));
        var pages = new HelpPages(cmdlets, parts.Docs);
        foreach (var culture in pages.Cultures)
        {
            if (pages.ToMaml(culture) is { } maml)
                Add($"{culture}/PatientTools.dll-Help.xml", () => Utf8(maml));
            AddTopics(Path.Combine(parts.Docs, culture), culture);
        }

        AddTopics(parts.Docs, HelpPages.MainCulture);
    }

    private void AddTopics(string folder, string culture)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "about_*.md") : [])
        {
            var name = Path.GetFileNameWithoutExtension(path);
            Add($"{culture}/{name}.help.txt", () => Utf8(AboutTopic.Write(name, File.ReadAllText(path))));
        }
    }

    private void AddAssembly(string folder, string file, string name, bool symbols)
    {
        Add(name, Path.Combine(folder, file));
        if (symbols)
            Add(Path.ChangeExtension(name, ".pdb"), Path.Combine(folder, Path.ChangeExtension(file, ".pdb")));
    }

    private void Add(string name, string source) => Add(name, () => File.ReadAllBytes(source));

    private void Add(string name, Func<byte[]> content)
    {
        if (!_files.TryAdd(name, content))
            throw new BuildException($"{name} has two sources.");
    }

    private void Synchronise(string output)
    {
        foreach (var (name, content) in _files)
        {
            var path = Path.Combine(output, name);
            var wanted = content();
            if (File.Exists(path) && wanted.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Replaced, not overwritten: a process that has the old file open keeps it whole.
            var fresh = path + ".new";
            File.WriteAllBytes(fresh, wanted);
            File.Move(fresh, path, overwrite: true);
        }

        foreach (var path in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).ToList())
            if (!_files.ContainsKey(Path.GetRelativePath(output, path).Replace('\\', '/')))
                File.Delete(path);
        foreach (var path in Directory.EnumerateDirectories(output, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length))
            if (!Directory.EnumerateFileSystemEntries(path).Any())
                Directory.Delete(path);
        // The build compares this file's time with those of the sources.
        File.SetLastWriteTimeUtc(Path.Combine(output, "PatientTools.psd1"), DateTime.UtcNow);
    }

    private static byte[] Utf8(string text) => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
}

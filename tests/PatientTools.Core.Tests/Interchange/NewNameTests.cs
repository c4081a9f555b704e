using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Interchange;

/// <summary>A name that several want at once is one's alone, and nobody's file is lost.</summary>
public sealed class NewNameTests : IDisposable
{
    private const int Racers = 4;
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;

    [Fact]
    public async Task One_of_those_who_want_a_name_gets_it()
    {
        for (var round = 0; round < 200; round++)
        {
            var to = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"target{round}"));
            using var start = new Barrier(Racers);
            var won = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Task.Factory.StartNew(
                () => Race(start, string.Create(CultureInfo.InvariantCulture, $"{to}.{racer}"), to), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.Single(won, got => got);
            Assert.Equal(Racers, Directory.GetFiles(_folder, $"target{round}*").Length);
            Assert.Equal($"{to}.{Array.IndexOf(won, true)}", await File.ReadAllTextAsync(to, TestContext.Current.CancellationToken));
            Array.ForEach(Directory.GetFiles(_folder), File.Delete);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool Race(Barrier start, string from, string to)
    {
        File.WriteAllText(from, from);
        start.SignalAndWait();
        try
        {
            NewName.Give(from, to);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Runs;

/// <summary>A map of a device's pulses in a file: <c>fv map</c> writes it, <c>fv run --map</c> takes it.</summary>
public sealed class MapFile
{
    private readonly string _path;
    private readonly Result _file;
    private readonly MapArchive _archive;

    private MapFile(string path, Result file, MapArchive archive) => (_path, _file, _archive) = (path, file, archive);

    /// <summary>Writes a map, with every parameter of its device.</summary>
    /// <param name="path">The file.</param>
    /// <param name="archive">The map.</param>
    /// <param name="definition">A case of the device, with numbers in the place of an automatic mesh.</param>
    /// <param name="commandLine">Command line, for the file.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, MapArchive archive, CaseDefinition definition, string commandLine)
    {
        var arrays = new Checkpoint();
        foreach ((string name, double[] numbers) in archive.Doubles)
            arrays.Doubles[name] = numbers;
        foreach ((string name, long[] numbers) in archive.Longs)
            arrays.Longs[name] = numbers;
        ResultFile.Write(path, new()
        {
            Header = CaseRun.Header(definition, commandLine),
            Record = new() { Series = new([]), Pulses = new([]), Profiles = new() },
            Parameters = [.. definition.Parameters.Select(CaseRun.Store)],
            Checkpoint = arrays,
        });
    }

    /// <summary>Reads a map.</summary>
    /// <param name="path">The file.</param>
    /// <param name="definition">The case that it is wanted for.</param>
    /// <exception cref="OutputException">It cannot be read, or is a map of another device, mesh or version of the program.</exception>
    public static MapFile Read(string path, CaseDefinition definition)
    {
        Result file = ResultFile.Read(path);
        var archive = new MapArchive { Doubles = file.Checkpoint?.Doubles ?? [], Longs = file.Checkpoint?.Longs ?? [] };
        if (!archive.IsMap)
            throw new OutputException(path, "holds no map of pulses; 'fv map CASE -o MAP' writes one");
        string now = CaseRun.Header(definition, "").CodeVersion;
        if (file.Header.CodeVersion != now)
            throw new OutputException(path,
                $"is a map by another version of the program: {file.Header.CodeVersion} there, {now} here; build it anew with 'fv map'");
        Dictionary<string, object> there = file.Parameters.ToDictionary(p => p.Path, p => p.Value);
        if (archive.Temperatures is var (low, high))
        {
            double wanted = definition.Device.Heat.AmbientTemperature;
            if (!(wanted >= low && wanted <= high))
                throw new OutputException(path, $"is a map from {low:g6} to {high:g6} K, and {TemperatureRange.Key} is {wanted:g6} K");
            definition = TemperatureRange.At(definition, (double)there[TemperatureRange.Key]);
        }
        definition = CaseRun.OnMeshOf(file, definition, path);
        // What decides what a pulse does: the device and its mesh. What is recorded may differ.
        string[] others =
        [
            .. definition.Parameters
                .Where(p => ParameterCatalogue.Device.Find(p.Path) is not null || p.Path.StartsWith("mesh.", StringComparison.Ordinal))
                .Where(p => !there.TryGetValue(p.Path, out object? value) || !Equals(value, CaseRun.Store(p).Value))
                .Select(p => $"{p.Path}: {there.GetValueOrDefault(p.Path, "nothing")} there, {CaseRun.Store(p).Value} here"),
        ];
        if (others.Length > 0)
            throw new OutputException(path,
                "is a map of another device; they differ in "
                    + $"{string.Join("; ", others.Take(3))}{(others.Length > 3 ? $" and {others.Length - 3} more" : "")}");
        return new(path, file, archive);
    }

    /// <summary>A case whose mesh is automatic on the mesh of the map.</summary>
    internal CaseDefinition OnItsMesh(CaseDefinition definition) => CaseRun.OnMeshOf(_file, definition, _path);

    /// <summary>The map, for a device of the case.</summary>
    /// <exception cref="OutputException">The numbers do not make a map of the device.</exception>
    internal PulseMap Load(DeviceSimulation device)
    {
        try
        {
            return _archive.Load(device, new());
        }
        catch (InvalidDataException e)
        {
            throw new OutputException(_path, e.Message, e);
        }
    }
}

using FvSolver.Solver.Drive;

namespace FvSolver.Solver.Maps;

/// <summary>A map as named arrays of numbers, from which it gives the same bits without computing a pulse.</summary>
public sealed class MapArchive
{
    private const string Range = "temperatures";
    private const int RangeLength = 10, KeyLength = 6;

    /// <summary>Arrays of floating-point numbers.</summary>
    public Dictionary<string, double[]> Doubles { get; init; } = [];

    /// <summary>Arrays of integers.</summary>
    public Dictionary<string, long[]> Longs { get; init; } = [];

    /// <summary>Takes a map down.</summary>
    public static MapArchive Of(PulseMap map)
    {
        var archive = new MapArchive();
        archive.Doubles["families"] = [.. map.Families.SelectMany(f => (double[])
            [f.LeastAmplitude, f.MostAmplitude, f.LeastWidth, f.MostWidth, f.Edge, f.Hold ?? double.NaN, f.Rest])];
        var settled = new List<SettledStates>();
        int count = 0;
        foreach (((ReservoirBranch branch, int interval, int family), MapPiece piece) in map.Built)
        {
            int place = settled.IndexOf(piece.Settled);
            if (place < 0)
            {
                place = settled.Count;
                settled.Add(piece.Settled);
                piece.Settled.Save(archive, $"settled {place}");
            }
            string states = $"settled {place} rest {piece.Family.Rest:g17}";
            if (!archive.Doubles.ContainsKey($"{states} modes"))
                piece.Modes?.Save(archive, states);
            string name = $"piece {count++}";
            archive.Longs[name] = [(long)branch, interval, family, place, piece.Sign, piece.Pulses];
            MapErrors e = piece.Errors;
            archive.Doubles[name] =
            [
                piece.Low, piece.High, piece.LeastGiven, piece.MostGiven, piece.Sensitivity, e.Interpolation, e.Tolerance, e.Reference,
                e.Memory, e.Reading,
            ];
            archive.Doubles[$"{name} remainder"] = piece.Remainder.ToNumbers();
            archive.Doubles[$"{name} step"] = piece.Step.ToNumbers();
            for (int k = 0; k < piece.Amplitudes.Count; k++)
                archive.Doubles[$"{name} amplitude {k}"] = piece.Amplitudes[k].ToNumbers();
            for (int r = 0; r < piece.Responses.Count; r++)
            {
                archive.Doubles[$"{name} response {r}"] = piece.Responses[r].Polynomial.ToNumbers();
                archive.Longs[$"{name} response {r}"] = [(long)piece.Responses[r].Form];
            }
        }
        archive.Longs["pieces"] = [count];
        return archive;
    }

    /// <summary>Takes the maps of a range of temperatures down.</summary>
    public static MapArchive Of(TemperatureMaps maps)
    {
        var archive = new MapArchive { Doubles = { [Range] = [maps.Low, maps.High, maps.Maps.Count] } };
        foreach ((int i, PulseMap map) in maps.Maps.Index())
        {
            MapArchive own = Of(map);
            foreach ((string name, double[] numbers) in own.Doubles)
                archive.Doubles[$"{i} {name}"] = numbers;
            foreach ((string name, long[] numbers) in own.Longs)
                archive.Longs[$"{i} {name}"] = numbers;
        }
        return archive;
    }

    /// <summary>True when arrays are those of a map.</summary>
    public bool IsMap => Longs.ContainsKey("pieces") || Temperatures is not null;

    /// <summary>Lowest and highest temperature [K]; null for a map of one.</summary>
    public (double Low, double High)? Temperatures => Doubles.TryGetValue(Range, out double[]? range) ? (range[0], range[1]) : null;

    /// <summary>The families of the map.</summary>
    public IReadOnlyList<PulseFamily> Families =>
        [.. Doubles["families"].Chunk(7).Select(f =>
            new PulseFamily(f[0], f[1], f[2], f[3], f[4], double.IsNaN(f[5]) ? null : f[5], f[6]))];

    /// <summary>The map of a device.</summary>
    /// <param name="device">A device with the parameters and the mesh of the one that was mapped.</param>
    /// <param name="settings">How pieces that are not there are built.</param>
    /// <exception cref="InvalidDataException">The arrays do not make a map.</exception>
    public PulseMap Load(DeviceSimulation device, MapSettings settings)
    {
        try
        {
            if (Temperatures is var (low, high))
                return new TemperatureMaps(
                    low, high, [.. Enumerable.Range(0, (int)Doubles[Range][2]).Select(i => Part($"{i} ").Load(device, settings))])
                    .At(device, settings);
            var map = new PulseMap(device, Families, settings);
            string[] names = ResponseNames.Names(device);
            var settled = new Dictionary<long, SettledStates>();
            var remembered = new Dictionary<string, MemoryModes?>();
            for (int i = 0; i < Longs["pieces"][0]; i++)
            {
                string name = $"piece {i}";
                long[] key = Longs[name];
                double[] range = Doubles[name];
                if (key.Length != KeyLength || range.Length != RangeLength)
                    throw new InvalidDataException($"{name} has {key.Length} and {range.Length} numbers");
                if (!settled.TryGetValue(key[3], out SettledStates? states))
                    settled[key[3]] = states = SettledStates.Load(this, $"settled {key[3]}", device, map.Families[(int)key[2]]);
                PulseFamily family = map.Families[(int)key[2]];
                string place = $"settled {key[3]} rest {family.Rest:g17}";
                MemoryModes? modes = Doubles.ContainsKey($"{name} amplitude 0") ? remembered.GetValueOrDefault(place) : null;
                if (modes is null && Doubles.ContainsKey($"{name} amplitude 0"))
                    remembered[place] = modes = MemoryModes.Load(this, place, states, device.State.Length);
                int variables = family.Variables + (modes?.Count ?? 0);
                map.Add((ReservoirBranch)key[0], (int)key[1], (int)key[2], new MapPiece
                {
                    Family = map.Families[(int)key[2]],
                    Branch = (ReservoirBranch)key[0],
                    Settled = states,
                    Modes = modes,
                    Amplitudes = [.. Enumerable.Range(0, modes?.Count ?? 0).Select(
                        k => SparsePolynomial.FromNumbers(Doubles[$"{name} amplitude {k}"], variables))],
                    Sign = (int)key[4],
                    Pulses = (int)key[5],
                    Low = range[0],
                    High = range[1],
                    LeastGiven = range[2],
                    MostGiven = range[3],
                    Sensitivity = range[4],
                    Errors = new(range[5], range[6], range[7], range[8], range[9]),
                    Remainder = InterpolationRemainder.FromNumbers(Doubles[$"{name} remainder"], 1 + variables),
                    Step = SparsePolynomial.FromNumbers(Doubles[$"{name} step"], variables),
                    Responses = [.. (modes is null ? names : [.. names, .. ResponseNames.Remembered]).Select((n, r) => new PulseResponse(
                        n, (ResponseForm)Longs[$"{name} response {r}"][0],
                        SparsePolynomial.FromNumbers(Doubles[$"{name} response {r}"], variables)))],
                });
            }
            return map;
        }
        catch (Exception e) when (e is KeyNotFoundException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException("does not hold a map of pulses", e);
        }
    }

    private MapArchive Part(string start)
    {
        Dictionary<string, T> Own<T>(Dictionary<string, T> all) =>
            all.Where(a => a.Key.StartsWith(start, StringComparison.Ordinal)).ToDictionary(a => a.Key[start.Length..], a => a.Value);
        return new() { Doubles = Own(Doubles), Longs = Own(Longs) };
    }
}

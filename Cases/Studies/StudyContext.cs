using System.Security.Cryptography;
using System.Text;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Cases.Sweeps;
using FvSolver.Materials;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Studies;

/// <summary>How far a study is.</summary>
/// <param name="Done">Parts done.</param>
/// <param name="Total">All parts.</param>
/// <param name="Before">Parts that an earlier process had done, which say nothing about the pace.</param>
/// <param name="What">What is being done, in words.</param>
public readonly record struct StudyProgress(long Done, long Total, long Before, string What);

/// <summary>One part of a study that does not depend on the others.</summary>
/// <param name="Name">Words for the progress and for messages.</param>
/// <param name="Compute">Computes its numbers, by name [SI units]; called from any thread.</param>
public sealed record StudyPoint(string Name, Func<Dictionary<string, double>> Compute);

/// <summary>What a study runs in: its output, its cores, and its finished points, which outlive the process.</summary>
public sealed class StudyContext
{
    /// <summary>Result file of the study.</summary>
    public required string Output { get; init; }

    /// <summary>Command line, for results.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>True to use the points that an earlier process finished.</summary>
    public bool Resume { get; init; }

    /// <summary>Most threads at once.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Told before the first part and after each, never from two threads at once; or null.</summary>
    public Action<StudyProgress>? Progress { get; init; }

    /// <summary>Ends the study between two points, or between two pulses of a run.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>The right to write the output, while the study runs.</summary>
    internal OutputLock? Lock { get; set; }

    /// <summary>Folder with the finished points.</summary>
    public string PointFolder => PointsOf(Output);

    /// <summary>True when an interrupted study has left finished points for an output.</summary>
    public static bool HasPoints(string output) => PointStore.Count(PointsOf(output)) > 0;

    /// <summary>Computes independent points, in parallel; each is kept in a file of its own as soon as it is done.</summary>
    /// <param name="definition">The case, whose text and parameters the points belong to.</param>
    /// <param name="points">The points.</param>
    /// <returns>Numbers of each point, in order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; finished points are kept.</exception>
    /// <exception cref="OutputException">A finished point belongs to another case, or a file cannot be written.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Compute(CaseDefinition definition, IReadOnlyList<StudyPoint> points)
    {
        var store = new PointStore(PointFolder, Fingerprint(definition));
        var results = new IReadOnlyDictionary<string, double>?[points.Count];
        try
        {
            if (!Resume)
                PointStore.Clear(PointFolder);
            for (int i = 0; i < points.Count && Resume; i++)
                results[i] = store.Read(i)?.Outputs;
            int before = results.Count(r => r is not null), done = before;
            if (Array.FindIndex(results, r => r is null) is >= 0 and int first)
                Progress?.Invoke(new(done, points.Count, before, points[first].Name));
            var gate = new Lock();
            Parallel.For(0, points.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Cores), CancellationToken = Cancel },
                i =>
            {
                if (results[i] is not null)
                    return;
                Dictionary<string, double> numbers = points[i].Compute();
                store.Write(new PointResult { Index = i, Succeeded = true, Outputs = numbers });
                lock (gate)
                {
                    results[i] = numbers;
                    Progress?.Invoke(new(++done, points.Count, before, points[i].Name));
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<NumericalException>().FirstOrDefault() is { } failure)
        {
            throw new RunFailure($"{definition.SourceName}: {failure.Message}", failure);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<IOException>().FirstOrDefault() is { } failure)
        {
            throw new OutputException(PointFolder, $"cannot be written: {OutputException.Describe(failure)}", failure);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<OutputException>().FirstOrDefault() is { } failure)
        {
            throw failure;
        }
        catch (InvalidDataException e)
        {
            throw new OutputException(PointFolder, "holds points of another case; remove it or run without --resume", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(PointFolder, $"cannot be written: {OutputException.Describe(e)}", e);
        }
        return results!;
    }

    /// <summary>Removes the finished points, when the result holds them.</summary>
    public void Forget()
    {
        PointStore.Clear(PointFolder);
    }

    private static string PointsOf(string output) => output + ".points";

    private static string Fingerprint(CaseDefinition definition)
    {
        var text = new StringBuilder(definition.SourceText).Append('\0').AppendJoin('\0', definition.Settings)
            .Append('\0').Append(CaseRun.Header(definition, "").CodeVersion).Append('\0').AppendJoin('\0', definition.Files);
        foreach (ParameterValue parameter in definition.Parameters)
            text.Append('\0').Append(parameter.Path).Append('=').Append(parameter.ValueText);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32].ToLowerInvariant();
    }
}

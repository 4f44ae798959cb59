using System.Collections.Concurrent;

namespace FvSolver.Validation.Checks;

/// <summary>How a case is run: as it is or with its mistake, and what it shares with other cases of the same run.</summary>
public sealed class RunContext
{
    private readonly ConcurrentDictionary<string, Lazy<object>> _shared;

    /// <summary>A run of the suite.</summary>
    public RunContext(bool quick = false, CancellationToken cancel = default) : this(quick, false, cancel, new())
    {
    }

    private RunContext(bool quick, bool perturbed, CancellationToken cancel, ConcurrentDictionary<string, Lazy<object>> shared) =>
        (Quick, Perturbed, Cancel, _shared) = (quick, perturbed, cancel, shared);

    /// <summary>True to choose coarser meshes and fewer points where the band allows it.</summary>
    public bool Quick { get; }

    /// <summary>True when the case must make the mistake of its <see cref="Control"/>.</summary>
    public bool Perturbed { get; }

    /// <summary>Set when the user wants to stop.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>The same run with the mistake switched on.</summary>
    public RunContext WithMistake() => new(Quick, true, Cancel, _shared);

    /// <summary>A result that several cases use, computed once; the key must name everything that it depends on.</summary>
    public T Once<T>(string key, Func<T> compute) where T : notnull =>
        (T)_shared.GetOrAdd(key, _ => new Lazy<object>(() => compute())).Value;
}

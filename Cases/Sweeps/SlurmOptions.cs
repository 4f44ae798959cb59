namespace FvSolver.Cases.Sweeps;

/// <summary>How a sweep is given to Slurm.</summary>
public sealed record SlurmOptions
{
    /// <summary>Points per task: a scheduler starts a few tasks a second, so bundle points until a task takes a minute or so.</summary>
    public int PointsPerTask { get; init; } = 10;

    /// <summary>Largest number of tasks at once; 0 for no limit.</summary>
    public int LargestParallel { get; init; }

    /// <summary>Partition, or empty for the default.</summary>
    public string Partition { get; init; } = "";

    /// <summary>Time limit of a task as Slurm reads it, e.g. <c>01:00:00</c>; empty for the partition's.</summary>
    public string TimeLimit { get; init; } = "";

    /// <summary>Further lines for the script, each an option such as <c>--mem=2G</c>.</summary>
    public IReadOnlyList<string> Directives { get; init; } = [];

    /// <summary>Command that runs a task; <c>sweep-task MANIFEST --task N</c> is appended.</summary>
    public string Command { get; init; } = "fv";

    /// <summary>True to submit and wait; false only writes manifest and script.</summary>
    public bool Submit { get; init; } = true;

    /// <summary>Time between looks at the queue.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often tasks with missing results are submitted again (nodes lost, tasks killed).</summary>
    public int Resubmissions { get; init; } = 3;
}

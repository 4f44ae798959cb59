namespace FvSolver.Cases.Fits.Laws;

/// <summary>Every law by its name.</summary>
public static class LawCatalogue
{
    /// <summary>Names that <see cref="Create"/> knows; each may carry the ending <c>-log</c> for a fit of logarithms.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["joint", "power", "sinh-ceiling", "tafel", "stretched-exponential", "update", "linear"];

    /// <summary>The law of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>, or that with the ending <c>-log</c>.</param>
    /// <param name="thickness">Film thickness for the joint law [m].</param>
    /// <param name="temperature">Temperature for the joint and the Tafel law [K].</param>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public static ILaw Create(string name, double thickness = 10e-9, double temperature = 300)
    {
        if (name.EndsWith("-log", StringComparison.Ordinal))
            return new LogarithmicLaw(Create(name[..^4], thickness, temperature));
        return name switch
        {
            "joint" => new JointLaw(thickness, temperature),
            "power" => new PowerLaw(),
            "sinh-ceiling" => new CeilingSinhLaw(),
            "tafel" => new TafelLaw(temperature),
            "stretched-exponential" => new StretchedExponentialLaw(),
            "update" => new UpdateLaw(),
            "linear" => new LinearLaw(),
            _ => throw new ArgumentException($"There is no law '{name}'; there are {string.Join(", ", Names)}, each also with '-log'."),
        };
    }
}

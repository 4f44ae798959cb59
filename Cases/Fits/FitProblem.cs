namespace FvSolver.Cases.Fits;

/// <summary>A vector model y_i = f_i(p) and the data it is to meet: what the least squares see.</summary>
public sealed class FitProblem
{
    /// <summary>Parameters in the order of the model's argument.</summary>
    public required IReadOnlyList<FitParameter> Parameters { get; init; }

    /// <summary>Start values, or values of the fixed ones [unit of each].</summary>
    public required IReadOnlyList<double> Start { get; init; }

    /// <summary>
    /// The model: parameters in, one value per datum out. It may throw <see cref="ArithmeticException"/> or return
    /// numbers that are not finite where it cannot be evaluated; such a trial is rejected.
    /// </summary>
    public required Func<double[], double[]> Model { get; init; }

    /// <summary>Data.</summary>
    public required IReadOnlyList<double> Observed { get; init; }

    /// <summary>Standard deviation of each datum, or null for equal weights.</summary>
    public IReadOnlyList<double>? Sigma { get; init; }

    /// <summary>Throws when the parts do not fit together.</summary>
    /// <exception cref="ArgumentException">One line: what, value, what is allowed.</exception>
    public void Check()
    {
        if (Start.Count != Parameters.Count)
            throw new ArgumentException($"There are {Parameters.Count} parameters and {Start.Count} start values.");
        for (int j = 0; j < Parameters.Count; j++)
            Parameters[j].Check(Start[j]);
        int free = Parameters.Count(p => !p.Fixed), known = Observed.Count + Parameters.Count(p => !p.Fixed && p.Prior is not null);
        if (free == 0)
            throw new ArgumentException("Every parameter is fixed: there is nothing to fit.");
        if (known < free)
            throw new ArgumentException($"{free} free parameters need at least as many data and priors; there are {known}.");
        if (Sigma is null && Parameters.Any(p => p.Prior is not null))
            throw new ArgumentException("Priors need data with sigmas: without them there is nothing to weigh the two against each other.");
        if (Sigma is not null && Sigma.Count != Observed.Count)
            throw new ArgumentException($"There are {Observed.Count} data and {Sigma.Count} sigmas.");
        for (int i = 0; i < Observed.Count; i++)
        {
            if (!double.IsFinite(Observed[i]))
                throw new ArgumentException($"Datum {i + 1} is {Observed[i]}: a finite number is needed.");
            if (Sigma is not null && !(Sigma[i] > 0 && double.IsFinite(Sigma[i])))
                throw new ArgumentException($"Sigma {i + 1} is {Sigma[i]:g6}: a positive number is needed.");
        }
    }
}

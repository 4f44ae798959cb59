using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Cases.Input;
using FvSolver.Materials;

namespace FvSolver.Cases.Studies;

/// <summary>Grid of pulses on which the paper's joint law is fitted.</summary>
/// <param name="Amplitudes">Amplitudes [V].</param>
/// <param name="Widths">Widths from base to base [s].</param>
internal sealed record PulseGrid(IReadOnlyList<double> Amplitudes, IReadOnlyList<double> Widths)
{
    /// <summary>Reads amplitudes and widths of a table, each of at least two values.</summary>
    public static PulseGrid Read(TableReader table, double edge)
    {
        var grid = new PulseGrid(table.Numbers("amplitudes", "V", Bounds.Positive), table.Numbers("widths", "s", new Bounds(2 * edge, 1)));
        if (grid.Amplitudes.Count < 2)
            throw table.Error("amplitudes", "must hold at least two values");
        return grid.Widths.Count < 2 ? throw table.Error("widths", "must hold at least two values") : grid;
    }

    /// <summary>Every pulse, widths running fastest.</summary>
    public IEnumerable<(double Amplitude, double Width)> Pulses =>
        Amplitudes.SelectMany(_ => Widths, (amplitude, width) => (amplitude, width));

    /// <summary>Number of pulses.</summary>
    public int Count => Amplitudes.Count * Widths.Count;

    /// <summary>Steps of single pulses from rest, by number of the pulse.</summary>
    public Dictionary<string, double> Steps(CaseDefinition definition) => Pulses.Index()
        .ToDictionary(p => p.Index.ToString(), p => PulseExperiment.Step(definition, p.Item.Amplitude, p.Item.Width));
}

/// <summary>The paper's fit of A t^beta sinh(q a V/(2 k T d)) to steps over amplitude and width.</summary>
/// <param name="Distance">Apparent hopping distance a [m].</param>
/// <param name="Exponent">Exponent beta of the width.</param>
/// <param name="Prefactor">A [S s^-beta].</param>
/// <param name="WorstResidual">Largest residual over the fitted value.</param>
/// <param name="Warnings">What is doubtful about the fit, e.g. a parameter on its bound.</param>
internal sealed record JointFit(double Distance, double Exponent, double Prefactor, double WorstResidual, IReadOnlyList<string> Warnings)
{
    /// <summary>Unweighted least squares on the step: the paper's way as this project runs it.</summary>
    public static JointFit Of(PulseGrid grid, IReadOnlyList<double> steps, double thickness, double temperature) =>
        Make(Fit.Run(new JointLaw(thickness, temperature), Data(grid, steps)));

    /// <summary>Least squares on the logarithm of the step.</summary>
    public static JointFit OfLogarithms(PulseGrid grid, IReadOnlyList<double> steps, double thickness, double temperature) =>
        Make(Fit.Run(new LogarithmicLaw(new JointLaw(thickness, temperature)), Data(grid, steps)));

    /// <summary>Steps of a point of a study, in the order of the grid's pulses.</summary>
    public static double[] Steps(IReadOnlyDictionary<string, double> point) =>
        [.. Enumerable.Range(0, point.Count).Select(i => point[i.ToString()])];

    private static FitData Data(PulseGrid grid, IReadOnlyList<double> steps) =>
        new([[.. grid.Pulses.Select(p => p.Amplitude)], [.. grid.Pulses.Select(p => p.Width)]], steps);

    private static JointFit Make(FitResult fit) =>
        new(fit["a"].Value, fit["beta"].Value, fit["A"].Value, fit.WorstRelativeResidual, fit.Warnings);
}

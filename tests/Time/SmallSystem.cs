using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Tests.Time;

/// <summary>A few equations M du/dt = F(t, u) with one quadrature, given as functions.</summary>
internal sealed class SmallSystem : IStiffSystem<Scalar>
{
    private readonly Func<double, double[], double[]> _rate;
    private readonly Func<double, double[], double[,]> _jacobian;
    private readonly Func<double, double[], double[]> _timeRate;
    private readonly Func<double, double[], double> _quadrature;
    private readonly Func<double, double[], double[]> _quadratureGradient;

    public SmallSystem(
        double[] mass,
        Func<double, double[], double[]> rate,
        Func<double, double[], double[,]> jacobian,
        Func<double, double[], double[]>? timeRate = null,
        Func<double, double[], double>? quadrature = null,
        Func<double, double[], double[]>? quadratureGradient = null)
    {
        Size = mass.Length;
        Mass = [.. mass.Select(m => new Scalar(m))];
        Scale = [.. mass.Select(_ => 1.0)];
        _rate = rate;
        _jacobian = jacobian;
        _timeRate = timeRate ?? ((_, _) => new double[Size]);
        _quadrature = quadrature ?? ((_, _) => 0);
        _quadratureGradient = quadratureGradient ?? ((_, _) => new double[Size]);
        int[] all = [.. Enumerable.Range(0, Size)];
        Solver = new BlockTridiagonal<Scalar>(new(Size,
            [.. all.SelectMany(i => all.Select(_ => i))], [.. all.SelectMany(_ => all)], new int[Size], Scale));
    }

    public int Size { get; }

    public int QuadratureCount => 1;

    public Scalar[] Mass { get; }

    public double[] Scale { get; }

    public ILinearSolver<Scalar> Solver { get; }

    public double BalanceScale { get; init; }

    /// <summary>What is stored, of which the quadrature is the growth.</summary>
    public Func<double[], double> Store { get; init; } = _ => 0;

    public Scalar Income(Scalar[] quadratures) => quadratures[0];

    public Scalar Stored(Scalar[] state) => new(Store(Numbers(state)));

    public IReadOnlyList<ConservedSum<Scalar>> Conserved { get; init; } = [];

    public IReadOnlyList<UnknownRange<Scalar>> Ranges { get; init; } = [];

    public void Residual(double time, Scalar[] state, Scalar[] rate, Scalar[] quadratureRate)
    {
        double[] u = Numbers(state);
        Copy(_rate(time, u), rate);
        quadratureRate[0] = new(_quadrature(time, u));
    }

    public void Jacobian(double time, Scalar[] state, Span<Scalar> jacobian, Scalar[][] quadratureGradient)
    {
        double[] u = Numbers(state);
        double[,] entries = _jacobian(time, u);
        for (int i = 0; i < Size; i++)
            for (int j = 0; j < Size; j++)
                jacobian[Solver.Slot(i, j)] = new(entries[i, j]);
        Copy(_quadratureGradient(time, u), quadratureGradient[0]);
    }

    public void TimeDerivative(double time, Scalar[] state, Scalar[] rate, Scalar[] quadratureRate)
    {
        Copy(_timeRate(time, Numbers(state)), rate);
        quadratureRate[0] = default;
    }

    /// <summary>Runs over a segment and returns the state and the quadrature.</summary>
    public (double[] State, double Quadrature) Run(
        RosenbrockTableau method, double[] start, double duration, double step = 0, double rtol = 1e-6,
        IStepObserver<Scalar>? observer = null, int maxSteps = 1_000_000)
    {
        var integrator = new RosenbrockIntegrator<Scalar>(this, method, rtol, maxSteps) { FixedStep = step };
        Scalar[] state = [.. start.Select(s => new Scalar(s))];
        var quadrature = new Scalar[1];
        integrator.Advance(state, quadrature, duration, observer);
        return (Numbers(state), quadrature[0]);
    }

    private static double[] Numbers(Scalar[] state) => [.. state.Select(s => s.Value)];

    private static void Copy(double[] from, Scalar[] to)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = new(from[i]);
    }
}

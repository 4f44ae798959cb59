using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Devices;

/// <summary>A system with a source in each row that depends on time alone: M du/dt = F(t, u) + S(t).</summary>
/// <param name="inner">The system.</param>
/// <param name="source">Fills in S for a time [s].</param>
/// <param name="timeScale">Time in which the sources change [s]; their derivative is a difference over a thousandth of it.</param>
internal sealed class SourcedSystem(IStiffSystem<Scalar> inner, Action<double, double[]> source, double timeScale = 1)
    : IStiffSystem<Scalar>
{
    private readonly double[] _now = new double[inner.Size];
    private readonly double[][] _around = [new double[inner.Size], new double[inner.Size], new double[inner.Size], new double[inner.Size]];

    public int Size => inner.Size;

    public int QuadratureCount => inner.QuadratureCount;

    public Scalar[] Mass => inner.Mass;

    public IReadOnlyList<MassCoupling<Scalar>> MassCouplings => inner.MassCouplings;

    public IReadOnlyList<int> ControlledAlgebraic => inner.ControlledAlgebraic;

    public IReadOnlyList<Scalar[]?> RateWeights => inner.RateWeights;

    public double[] Scale => inner.Scale;

    public ILinearSolver<Scalar> Solver => inner.Solver;

    public void Residual(double time, Scalar[] state, Scalar[] rate, Scalar[] quadratureRate)
    {
        inner.Residual(time, state, rate, quadratureRate);
        Fill(time, _now);
        for (int i = 0; i < rate.Length; i++)
            rate[i] += new Scalar(_now[i]);
    }

    public void Jacobian(double time, Scalar[] state, Span<Scalar> jacobian, Scalar[][] quadratureGradient) =>
        inner.Jacobian(time, state, jacobian, quadratureGradient);

    public void TimeDerivative(double time, Scalar[] state, Scalar[] rate, Scalar[] quadratureRate)
    {
        Array.Clear(rate);
        inner.TimeDerivative(time, state, rate, quadratureRate);
        double h = 1e-3 * timeScale;
        for (int k = 0; k < 4; k++)
            Fill(time + (k < 2 ? k - 2 : k - 1) * h, _around[k]);
        for (int i = 0; i < rate.Length; i++)
            rate[i] += new Scalar((8 * (_around[2][i] - _around[1][i]) - (_around[3][i] - _around[0][i])) / (12 * h));
    }

    private void Fill(double time, double[] values)
    {
        Array.Clear(values);
        source(time, values);
        // A row that stores other unknowns too has their sources as well.
        foreach (MassCoupling<Scalar> m in MassCouplings)
            if (Mass[m.Column] != 0)
                values[m.Row] += m.Value / Mass[m.Column] * values[m.Column];
    }
}

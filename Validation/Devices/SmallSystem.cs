using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Devices;

/// <summary>A few equations M du/dt = F(t, u) whose solution is known, for tests of the integrator.</summary>
/// <param name="mass">Diagonal of M; 0 marks an algebraic row.</param>
/// <param name="rate">F.</param>
/// <param name="slope">dF/du.</param>
/// <param name="timeSlope">dF/dt.</param>
/// <param name="exact">The solution.</param>
internal sealed class SmallSystem(
    double[] mass, Func<double, double[], double[]> rate, Func<double, double[], double[,]> slope,
    Func<double, double[], double[]> timeSlope, Func<double, double[]> exact)
    : IStiffSystem<Scalar>
{
    public int Size => mass.Length;

    public int QuadratureCount => 0;

    public Scalar[] Mass { get; } = [.. mass.Select(m => new Scalar(m))];

    public double[] Scale { get; } = [.. mass.Select(_ => 1.0)];

    public ILinearSolver<Scalar> Solver { get; } = Dense(mass.Length);

    /// <summary>Largest error at a time after equal steps.</summary>
    public double Error(RosenbrockTableau method, double duration, int steps, double[]? initial = null)
    {
        Scalar[] x = [.. (initial ?? exact(0)).Select(v => new Scalar(v))];
        new RosenbrockIntegrator<Scalar>(this, method, 1, int.MaxValue) { FixedStep = duration / steps }.Advance(x, [], duration);
        return x.Zip(exact(duration), (a, b) => Math.Abs(a - b)).Max();
    }

    public void Residual(double time, Scalar[] state, Scalar[] f, Scalar[] quadratureRate)
    {
        double[] values = rate(time, Plain(state));
        for (int i = 0; i < values.Length; i++)
            f[i] = new(values[i]);
    }

    public void Jacobian(double time, Scalar[] state, Span<Scalar> jacobian, Scalar[][] quadratureGradient)
    {
        double[,] j = slope(time, Plain(state));
        for (int r = 0; r < Size; r++)
            for (int c = 0; c < Size; c++)
                jacobian[Solver.Slot(r, c)] = new(j[r, c]);
    }

    public void TimeDerivative(double time, Scalar[] state, Scalar[] f, Scalar[] quadratureRate)
    {
        double[] values = timeSlope(time, Plain(state));
        for (int i = 0; i < values.Length; i++)
            f[i] = new(values[i]);
    }

    private static double[] Plain(Scalar[] x) => [.. x.Select(v => (double)v)];

    private static BlockTridiagonal<Scalar> Dense(int size)
    {
        int[] all = [.. Enumerable.Range(0, size * size)];
        return new(new(size, [.. all.Select(k => k / size)], [.. all.Select(k => k % size)], new int[size],
            [.. Enumerable.Repeat(1.0, size)]));
    }
}

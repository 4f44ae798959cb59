using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;

namespace FvSolver.Validation.Devices;

/// <summary>A bare film between electrodes that hold density and potential: the solver's hopping flux and nothing else.</summary>
/// <remarks>Unknowns per node: density [m^-3], potential [V]. The potential is linear, or that of Poisson's equation.</remarks>
internal sealed class HoppingFilm<TLaw> : IStiffSystem<Scalar>
    where TLaw : struct, IHopLaw<TLaw, Scalar>
{
    private readonly double[] _z, _linear;
    private readonly HoppingFlux<Scalar, TLaw, NoSiteLimit, Isothermal, FieldAlong> _flux;

    /// <summary>A film per area.</summary>
    /// <param name="z">Nodes [m].</param>
    /// <param name="psg">Hopping distance and constants of the hop law.</param>
    /// <param name="left">Density [m^-3] and potential [V] at the first node.</param>
    /// <param name="right">The same at the last node.</param>
    public HoppingFilm(double[] z, Electrolyte psg, (double Density, double Potential) left, (double Density, double Potential) right)
    {
        (_z, Psg, Left, Right) = (z, psg, left, right);
        Device device = new() { Psg = psg with { AttemptFrequency = 1, ActivationEnergy = 0 } };
        _flux = HoppingFlux<Scalar, TLaw, NoSiteLimit, Isothermal, FieldAlong>.Of(Pack.One(device), device);
        _linear = [.. z.Select(x => left.Potential + (right.Potential - left.Potential) * (x - z[0]) / (z[^1] - z[0]))];
        Size = 2 * z.Length;
        Mass = [.. Enumerable.Range(0, Size).Select(
            u => new Scalar(u % 2 == 0 && u > 0 && u < Size - 2 ? (z[u / 2 + 1] - z[u / 2 - 1]) / 2 : 0))];
        Scale = [.. Enumerable.Range(0, Size).Select(u => u % 2 == 0 ? Math.Max(left.Density, right.Density) : ThermalVoltage)];
        List<int> rows = [], columns = [], levels = [];
        for (int u = 0; u < Size; u++)
        {
            levels.Add(u / 2);
            for (int k = Math.Max(0, u / 2 - 1); k <= Math.Min(z.Length - 1, u / 2 + 1); k++)
                for (int f = 0; f < 2; f++)
                {
                    rows.Add(u);
                    columns.Add(2 * k + f);
                }
        }
        Solver = new BlockTridiagonal<Scalar>(new(Size, [.. rows], [.. columns], [.. levels], Scale));
    }

    /// <summary>Electrolyte whose hop law is taken.</summary>
    public Electrolyte Psg { get; }

    /// <summary>Density and potential at the first node.</summary>
    public (double Density, double Potential) Left { get; }

    /// <summary>Density and potential at the last node.</summary>
    public (double Density, double Potential) Right { get; }

    /// <summary>Hop rate [1/s].</summary>
    public double HopRate { get; init; } = 1e9;

    /// <summary>True to solve Poisson's equation without background; false for a linear potential.</summary>
    public bool HasCharge { get; init; }

    /// <summary>True for the mistake of first-order upwinding in place of Scharfetter and Gummel's fluxes.</summary>
    public bool Upwind { get; init; }

    /// <summary>kT/q [V].</summary>
    public double ThermalVoltage { get; } = Constants.ThermalVoltage(300);

    public int Size { get; }

    public int QuadratureCount => 0;

    public Scalar[] Mass { get; }

    public double[] Scale { get; }

    public ILinearSolver<Scalar> Solver { get; }

    /// <summary>State in steady operation, from linear profiles.</summary>
    /// <param name="duration">Time in which the film comes to it [s].</param>
    /// <param name="rtol">Relative tolerance.</param>
    public Scalar[] Settle(double duration, double rtol = 1e-9)
    {
        var x = new Scalar[Size];
        for (int i = 0; i < _z.Length; i++)
        {
            double share = (_z[i] - _z[0]) / (_z[^1] - _z[0]);
            x[2 * i] = new(HasCharge && i > 0 && i < _z.Length - 1 ? 0 : Left.Density + (Right.Density - Left.Density) * share);
            x[2 * i + 1] = new(_linear[i]);
        }
        if (HasCharge)
            x[0] = new(Left.Density);
        new RosenbrockIntegrator<Scalar>(this, RosenbrockTableau.Rodas4P, rtol, 1000000).Advance(x, [], duration);
        return x;
    }

    /// <summary>Flux of an edge, positive from left to right [m^-2 s^-1].</summary>
    public double Flux(Scalar[] x, int edge) => Flux<Scalar>(edge, x[2 * edge], x[2 * edge + 2], x[2 * edge + 1] - x[2 * edge + 3]);

    public void Residual(double time, Scalar[] x, Scalar[] f, Scalar[] quadratureRate)
    {
        Array.Clear(f);
        for (int e = 0; e < _z.Length - 1; e++)
        {
            var flux = new Scalar(Flux(x, e));
            f[2 * e] -= flux;
            f[2 * e + 2] += flux;
        }
        for (int i = 0; i < _z.Length; i++)
            f[2 * i + 1] = new(PotentialRow(x, i));
        (f[0], f[^2]) = (new(Left.Density - x[0]), new(Right.Density - x[^2]));
    }

    public void Jacobian(double time, Scalar[] x, Span<Scalar> jacobian, Scalar[][] quadratureGradient)
    {
        jacobian.Clear();
        int last = _z.Length - 1;
        for (int e = 0; e < last; e++)
        {
            Dual<Scalar, Gradient4<Scalar>> Seed(int k, double value) => new(new(value), Gradient4<Scalar>.Seed(k));
            var flux = Flux(e, Seed(0, x[2 * e]), Seed(1, x[2 * e + 2]), Seed(2, x[2 * e + 1] - x[2 * e + 3]));
            foreach ((int node, int sign) in new[] { (e, -1), (e + 1, 1) })
                if (node > 0 && node < last)
                {
                    Add(jacobian, 2 * node, 2 * e, sign * flux.Slope.D0);
                    Add(jacobian, 2 * node, 2 * e + 2, sign * flux.Slope.D1);
                    Add(jacobian, 2 * node, 2 * e + 1, sign * flux.Slope.D2);
                    Add(jacobian, 2 * node, 2 * e + 3, -sign * flux.Slope.D2);
                }
        }
        Add(jacobian, 0, 0, -1);
        Add(jacobian, 2 * last, 2 * last, -1);
        for (int i = 0; i <= last; i++)
        {
            if (!HasCharge || i == 0 || i == last)
            {
                Add(jacobian, 2 * i + 1, 2 * i + 1, -1);
                continue;
            }
            (double before, double after) = (1 / (_z[i] - _z[i - 1]), 1 / (_z[i + 1] - _z[i]));
            Add(jacobian, 2 * i + 1, 2 * i - 1, before);
            Add(jacobian, 2 * i + 1, 2 * i + 3, after);
            Add(jacobian, 2 * i + 1, 2 * i + 1, -before - after);
            Add(jacobian, 2 * i + 1, 2 * i, ChargePerDensity(i));
        }
    }

    private void Add(Span<Scalar> jacobian, int row, int column, double value) => jacobian[Solver.Slot(row, column)] += new Scalar(value);

    public void TimeDerivative(double time, Scalar[] state, Scalar[] rate, Scalar[] quadratureRate) => Array.Clear(rate);

    private double PotentialRow(Scalar[] x, int i) => !HasCharge || i == 0 || i == _z.Length - 1
        ? _linear[i] - x[2 * i + 1]
        : (x[2 * i - 1] - x[2 * i + 1]) / (_z[i] - _z[i - 1]) + (x[2 * i + 3] - x[2 * i + 1]) / (_z[i + 1] - _z[i])
            + ChargePerDensity(i) * x[2 * i];

    private double ChargePerDensity(int i) =>
        Constants.ElementaryCharge * (_z[i + 1] - _z[i - 1]) / 2 / (Constants.VacuumPermittivity * Psg.RelativePermittivity);

    private T Flux<T>(int edge, T left, T right, T drop)
        where T : struct, IReal<T, Scalar>
    {
        double h = _z[edge + 1] - _z[edge], a = Psg.HopDistance;
        T u = drop * (1 / ThermalVoltage);
        return Upwind
            ? (T.Max(u, default) * left - T.Max(-u, default) * right + left - right) * (a * a * HopRate / h)
            : _flux.Evaluate(left, right, drop, T.From(1 / ThermalVoltage), _flux.Edge(new(h), new(1), new(HopRate)));
    }
}

using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Limits;

/// <summary>Current limited by its own space charge, with a mobility that grows with the root of the field.</summary>
public sealed class SpaceChargeLimited : ValidationCase
{
    private const double Length = 1e-2;

    public override string Id => "limits.space-charge-limited";

    public override string Title => "Space-charge-limited current with a field-dependent mobility: Mott-Gurney and Murgatroyd";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "mu = mu_0 e^{gamma √E}\nJ = (9/8) eps mu_0 V^2/L^3 e^{0.891 gamma √(V/L)}\nexact without diffusion: J L = eps integral of mu E "
            + "dE, J V = eps integral of mu E^2 dE";

    public override string Source => "P. N. Murgatroyd, J. Phys. D 3, 151 (1970); without field dependence N. F. Mott, R. W. Gurney (1940)";

    public override Control Control { get; } = new("the mobility stays at its value without field");

    public override ValidationOutcome Run(RunContext context)
    {
        var psg = new Electrolyte { HopDistance = 1e-13, DisorderWidth = 0.1 };
        double s = psg.DisorderWidth / ThermalVoltage(300);
        double gamma = psg.DisorderFieldConstant * (s * s - psg.PositionalDisorder * psg.PositionalDisorder);
        double[] volts = context.Quick ? [2e4, 6e4] : [1e4, 2e4, 3e4, 6e4, 8e4];
        List<double> computed = [], exact = [], law = [];
        List<Check> checks = [];
        foreach (double v in volts)
        {
            double mobility = psg.HopDistance * psg.HopDistance * 1e16 / ThermalVoltage(300);
            double mott = 9.0 / 8 * VacuumPermittivity * psg.RelativePermittivity * mobility * v * v / Math.Pow(Length, 3);
            double plain = Current<SinhHop<Scalar>>(psg, v);
            checks.Add(new($"Mott-Gurney at {v:0} V", "A/m^2", plain, mott, Band.Relative(0.01)));
            double j = context.Perturbed ? plain : Current<GaussianDisorderHop<Scalar>>(psg, v);
            double reference = Exact(v, gamma, psg, mobility), murgatroyd = mott * Math.Exp(gamma * 0.891 * Math.Sqrt(v / Length));
            checks.Add(new($"exact integrals at {v:0} V", "A/m^2", j, reference, Band.Relative(0.01)));
            checks.Add(new($"Murgatroyd at {v:0} V", "A/m^2", j, murgatroyd, Band.Relative(0.05)));
            computed.Add(j);
            exact.Add(reference);
            law.Add(murgatroyd);
        }
        return new(checks)
        {
            Charts = [new("Current over 1 cm", "voltage [V]", "current density [A/m^2]",
                new Curve("model", CurveStyle.Markers, volts, computed),
                new Curve("exact without diffusion", CurveStyle.Line, volts, exact),
                new Curve("Murgatroyd", CurveStyle.Dashed, volts, law)) { LogX = true, LogY = true }],
            Notes = ["Diffusion shortens the film by about (kT/qV)^{2/3} of itself: the film is as thick as it takes to make that small "
                + "at fields of 1 to 8 V/um.", "0.891 is Murgatroyd's fit to the exact integrals."],
        };
    }

    private static double Current<TLaw>(Electrolyte psg, double volts)
        where TLaw : struct, IHopLaw<TLaw, Scalar>
    {
        // The contact holds a thousand times the space charge; cells shrink towards it.
        double density = 1e3 * VacuumPermittivity * psg.RelativePermittivity * volts / (ElementaryCharge * Length * Length);
        double[] z = [.. Enumerable.Range(0, 401).Select(i => Length * Math.Pow(i / 400.0, 3))];
        var film = new HoppingFilm<TLaw>(z, psg, (density, volts), (density * 1e-6, 0)) { HopRate = 1e16, HasCharge = true };
        double mobility = psg.HopDistance * psg.HopDistance * film.HopRate / film.ThermalVoltage;
        Scalar[] x = film.Settle(1000 * Length * Length / (mobility * volts), 1e-6);
        return ElementaryCharge * film.Flux(x, 200);
    }

    /// <summary>J at which the two integrals over the field meet, by bisection in the field at the collecting electrode.</summary>
    private static double Exact(double volts, double gamma, Electrolyte psg, double mobility)
    {
        double eps = VacuumPermittivity * psg.RelativePermittivity;
        (double low, double high) = (0.1 * volts / Length, 10 * volts / Length);
        double first = 0;
        for (int k = 0; k < 60; k++)
        {
            double top = Math.Sqrt(low * high), second = 0;
            first = 0;
            for (int i = 0; i < 1000; i++)
            {
                double e = top * (i + 0.5) / 1000, weight = Math.Exp(gamma * Math.Sqrt(e)) * e * top / 1000;
                first += weight;
                second += weight * e;
            }
            (low, high) = second / first * Length < volts ? (top, high) : (low, top);
        }
        return eps * mobility * first / Length;
    }
}

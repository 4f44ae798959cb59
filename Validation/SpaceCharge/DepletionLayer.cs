using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>Depletion of a thick film with fixed donors: width and capacitance.</summary>
public sealed class DepletionLayer : ValidationCase
{
    private const double Donors = 1e25, Permittivity = 50;

    public override string Id => "limits.film-depletion";

    public override string Title => "A film of 300 nm with fixed donors is depleted as a Schottky contact is";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "w = D/(q N) = [2 eps_W (-phi_s - V_T)/(q N)]^{1/2}\n1/C^2 = 2 (-phi_s - V_T)/(eps_W q N)";

    public override string Source =>
        "Mott and Schottky; S. M. Sze and K. K. Ng, Physics of Semiconductor Devices, 3rd ed. (Wiley, 2007), eq. 6 and 9 of ch. 3";

    public override Control Control { get; } = new("the term kT/q of the majority carriers' tail is left out");

    public override ValidationOutcome Run(RunContext context)
    {
        double thermal = Constants.ThermalVoltage(300), charge = Constants.ElementaryCharge * Donors,
            eps = Permittivity * Constants.VacuumPermittivity;
        var sample = new VirtualDevice(FilmDevice.Frozen(Donors, 300e-9, Permittivity), 1e-8);
        List<double> surface = [], displacement = [];
        List<Check> checks = [];
        for (double volts = -4; volts >= -11; volts -= 0.5)
        {
            sample.Hold(sample.Device.Gate.RestVoltage + volts, 1e-9, 1e-9);
            surface.Add(FilmDevice.Surface(sample));
            displacement.Add(-FilmDevice.Displacement(sample));
        }
        double Width(double phi) => Math.Sqrt(2 * eps * (-phi - (context.Perturbed ? 0 : thermal)) / charge);
        foreach (int k in new[] { 1, surface.Count / 2, surface.Count - 1 })
            checks.Add(new($"width of the layer at phi_s = {surface[k]:0.00} V", "m", displacement[k] / charge, Width(surface[k]),
                Band.Relative(0.01)));
        // Capacitance between neighbouring voltages, at their mean: D is a square root, whose secant is exact at the mean of D.
        double[] middle = [.. surface.Zip(surface.Skip(1), (a, b) => -(a + b) / 2)];
        double[] inverse = [.. middle.Select((_, k) =>
            Math.Pow((surface[k + 1] - surface[k]) / (displacement[k + 1] - displacement[k]), 2))];
        double slope = (inverse[^1] - inverse[0]) / (middle[^1] - middle[0]);
        checks.Add(new("slope of 1/C^2", "m^4/(F^2 V)", slope, 2 / (eps * charge), Band.Relative(0.01)));
        checks.Add(new("phi_s where 1/C^2 vanishes", "kT/q", (middle[0] - inverse[0] / slope) / thermal, Band.Shown));
        double[] line = [.. middle.Select(phi => 2 * (phi - thermal) / (eps * charge))];
        return new(checks)
        {
            Charts = [new("Capacitance of a depleted film", "-phi_s [V]", "1/C^2 [m^4/F^2]",
            new Curve("film", CurveStyle.Markers, middle, inverse), new Curve("line", CurveStyle.Line, middle, line))]
        };
    }
}

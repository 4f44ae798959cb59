using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>First integral of Poisson's equation in a film of 10 nm with Boltzmann electrons and fixed donors.</summary>
public sealed class FirstIntegral : ValidationCase
{
    public override string Id => "limits.film-first-integral";

    public override string Title => "Accumulated or depleted, 10 nm of film obey the first integral of Poisson's equation";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "D_s^2 - D_b^2 = 2 eps_W q V_T [n_{ref} (e^{u_s} - e^{u_b}) - N (u_s - u_b)],  u = phi/V_T, D_b = eps_{ox} phi_b/d_{ox}";

    public override string Source => "Poisson's equation times the field, integrated over the film";

    public override Control Control { get; } = new("the film is expected to end without a substrate and at phi = 0");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach ((double donors, double permittivity) in new[] { (6.138e24, 50.0), (6.138e24, 300.0), (1e26, 50.0) })
            foreach (double volts in new[] { -10.0, -3, 3, 10 })
            {
                var sample = new VirtualDevice(FilmDevice.Frozen(donors, 10e-9, permittivity), 1e-8);
                sample.Hold(sample.Device.Gate.RestVoltage + volts, 1e-9, 1e-9);
                double thermal = Constants.ThermalVoltage(300), us = FilmDevice.Surface(sample) / thermal,
                    ub = FilmDevice.Back(sample) / thermal;
                double oxide = sample.Device.Heat.OxidePermittivity * Constants.VacuumPermittivity / sample.Device.Heat.OxideThickness;
                if (context.Perturbed)
                    (ub, oxide) = (0, 0);
                double back = oxide * ub * thermal, integral = 2 * permittivity * Constants.VacuumPermittivity * Constants.ElementaryCharge
                    * thermal * donors
                    * (Math.Exp(us) - Math.Exp(ub) - (us - ub));
                checks.Add(new($"D_s at {volts:0} V, n = {donors:0.0e0}, eps_W = {permittivity:0}", "C/m^2",
                    Math.Abs(FilmDevice.Displacement(sample)), Math.Sqrt(Math.Max(0, integral + back * back)), Band.Relative(0.01)));
            }
        return new(checks);
    }
}

using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>Step down over step up over the content of the film, against an independent prototype.</summary>
public sealed class StepTable : ValidationCase
{
    private static readonly double[] s_contents = [1, 3, 5, 20];

    // n_loc [m^-2], eps_W, and the ratios at the contents.
    private static readonly (double Localised, double Permittivity, double[] Ratios)[] s_table =
    [
        (0, 50, [0.003, 0.74, 0.94, 1.12]),
        (1e17, 50, [0.19, 0.86, 0.95, 1.08]),
        (2e17, 50, [0.79, 0.90, 0.96, 1.07]),
        (2e17, 300, [0.96, 1.02, 1.05, 1.09]),
    ];

    public override string Id => "limits.film-steps";

    public override string Title => "Pulses down move less than pulses up where the film is short of electrons";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "protons of -8.5 V over protons of +10 V, from equilibrium at f times the hydrogen at rest";

    public override string Source =>
        "1-D prototype by RODAS4, 60 cells of PSG and 24 graded ones of WO3, parameters of onen2022-v1, gate held 10 ns after the pulse";

    public override Control Control { get; } = new("the depletion drop is left to the compact layer: the film is neutral");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = ReferenceSets.Frozen;
        List<Check> checks = [];
        foreach ((double localised, double permittivity, double[] ratios) in s_table)
            for (int k = 0; k < ratios.Length; k++)
            {
                Device film = device with
                {
                    Wo3 = device.Wo3 with
                    {
                        SpaceCharge = !context.Perturbed,
                        LocalisedDensity = localised,
                        Permittivity = permittivity
                    }
                };
                double Ratio(double hold) => -Step(film, s_contents[k], -8.5, hold) / Step(film, s_contents[k], 10, hold);
                double ratio = Ratio(10e-9);
                checks.Add(new($"down over up at {s_contents[k]:0} x base, n_loc = {localised:0.#e0} m^-2, eps_W = {permittivity:0}", "1",
                    ratio, ratios[k], Band.Absolute(Math.Max(0.02, 0.03 * ratios[k]))));
                if (k == 0)
                    checks.Add(new(
                        $"the same, gate opened at the end of the pulse, n_loc = {localised:0.#e0} m^-2, eps_W = {permittivity:0}", "1",
                        Ratio(0), Band.Shown));
            }
        return new(checks);
    }

    private static double Step(Device device, double content, double volts, double hold)
    {
        var sample = new VirtualDevice(device, 1e-5);
        FilmDevice.Fill(sample.Simulation, content);
        double before = sample.Inventory.Given;
        sample.Simulation.Pulse(volts, 5e-9, device.Gate.EdgeTime, hold: hold);
        sample.Simulation.Rest(1);
        return sample.Inventory.Given - before;
    }
}

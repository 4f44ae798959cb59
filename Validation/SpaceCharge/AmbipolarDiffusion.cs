using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>A wave of hydrogen in a thick film decays by ambipolar diffusion; the rest voltage follows its content.</summary>
public sealed class AmbipolarDiffusion : ValidationCase
{
    public override string Id => "limits.film-ambipolar";

    public override string Title => "Where Poisson's equation keeps the film neutral, protons and electrons diffuse and titrate together";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "D = D_H [1 + C/(C + N_D)]\ndV_{open}/d ln y = V_T [1 + C/(C + N_D)] + O(y)";

    public override string Source => "ambipolar diffusion and Nernst equation of two dilute species, one of them over a fixed background";

    public override Control Control { get; } = new("the film expected is that of n = 1, whose electrons cost nothing");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach (double share in new[] { 0.0, 1 })
        {
            double species = context.Perturbed ? 1 : 1 + 1 / (1 + share);
            checks.Add(new($"diffusion over that of protons, N_D = {share:0} C", "1", Diffusion(share), species, Band.Relative(0.01)));
            checks.Add(new($"slope of the open gate's voltage, N_D = {share:0} C", "kT/q", Slope(share), species, Band.Relative(0.003)));
        }
        return new(checks);
    }

    private static double Diffusion(double share)
    {
        const double Thickness = 300e-9, Amplitude = 1e-3;
        Device device = FilmDevice.Frozen(1e25, Thickness, 50);
        device = device with { Wo3 = device.Wo3 with { Diffusivity = 1e-12, LocalisedDensity = share * 1e25 * Thickness } };
        var sample = new VirtualDevice(device, 1e-7, FilmDevice.Equal(100));
        int first = sample.Layout.Hydrogen, cells = sample.Layout.Wo3Nodes.Length - 1;
        for (int j = 0; j <= cells; j++)
            sample.State[first + j] *= new Scalar(1 + Amplitude * Math.Cos(Math.PI * j / cells));
        double Wave() => Enumerable.Range(0, cells + 1)
            .Sum(j => (j is 0 || j == cells ? 0.5 : 1) * sample.State[first + j] * Math.Cos(Math.PI * j / cells));
        double wavenumber = Math.PI / Thickness, time = 0.5 / (1e-12 * wavenumber * wavenumber);
        // The field builds up first.
        sample.Simulation.Rest(time / 10);
        double before = Wave();
        sample.Simulation.Rest(time);
        return Math.Log(before / Wave()) / 0.5;
    }

    private static double Slope(double share)
    {
        (double Voltage, double Content) Equilibrium(double content)
        {
            Channel film = new() { SpaceCharge = true, Thickness = 100e-9 };
            film = film with { LocalisedDensity = share * film.RestComposition * film.SiteDensity * film.Thickness };
            var sample = new VirtualDevice(new() { Wo3 = film }, 1e-8);
            FilmDevice.Fill(sample.Simulation, content);
            // At the back, which the double layer at the face does not reach.
            return (sample.Simulation.GateVoltage, sample.State[sample.Layout.Hydrogen + sample.Layout.Wo3Nodes.Length - 1]);
        }
        var (high, low) = (Equilibrium(1.01), Equilibrium(1 / 1.01));
        return (high.Voltage - low.Voltage) / Math.Log(high.Content / low.Content) / ThermalVoltage(300);
    }
}

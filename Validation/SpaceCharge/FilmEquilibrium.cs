using FvSolver.Materials;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>Random holds from random contents: at the end every reaction and every flux is in equilibrium.</summary>
public sealed class FilmEquilibrium : ValidationCase
{
    public override string Id => "limits.film-equilibrium";

    public override string Title =>
        "Held near V_rest from random contents, a film with space charge comes to the equilibrium of its free energy";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "mu_{H+}(Pd) = mu_{H+}(PSG) = mu_theta = mu_p + q phi, uniform in each film";

    public override string Source => "equality of the electrochemical potentials, written without the solver's terms";

    public override Control Control { get; } = new("an inserted proton is expected not to see the potential of the film");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        var random = new Random(4);
        double Between(double low, double high) => low + (high - low) * random.NextDouble();
        int holds = context.Quick ? 5 : 50;
        foreach (ElectronStatisticsLaw statistics in Enum.GetValues<ElectronStatisticsLaw>())
        {
            double worst = 0;
            string where = "";
            for (int k = 0; k < holds; k++)
            {
                var sample = new VirtualDevice(new()
                {
                    Pd = new() { FiniteReservoir = false },
                    Wo3 = new()
                    {
                        SpaceCharge = true,
                        Statistics = statistics,
                        LocalisedDensity = k % 3 * 1e17,
                        Permittivity = Between(20, 300),
                        Diffusivity = 1e-12,
                        InteractionPotential = k % 2 * 0.3,
                    },
                }, 1e-6);
                FilmDevice.Fill(sample.Simulation, Math.Pow(20, Between(-0.5, 1)));
                sample.Hold(sample.Device.Gate.RestVoltage + Between(-0.25, 0.25), 1e-6, 1e12);
                (double affinity, string name) = Worst(sample, seesFilm: !context.Perturbed);
                if (affinity > worst)
                    (worst, where) = (affinity, name);
            }
            checks.Add(new($"largest affinity after {holds} holds, {statistics} ({where})", "kT", worst, 0, Band.Absolute(1e-12)));
        }
        return new(checks);
    }

    private static (double, string) Worst(VirtualDevice sample, bool seesFilm)
    {
        (UnknownLayout u, Device d) = (sample.Layout, sample.Device);
        double thermal = ThermalVoltage(300), rest = d.Wo3.RestComposition, theta0 = d.Interface.RestCoverage,
            theta = sample.State[u.Coverage];
        double insertion = InsertionPotential.AtRest(d);
        int last = u.PsgNodes.Length - 1;
        // All over kT, from the state of rest.
        double[] psg = [.. Enumerable.Range(0, last + 1)
            .Select(i => Math.Log(sample.State[u.Proton + i] / d.Psg.FixedChargeDensity)
                + (sample.State[u.Potential + i] + insertion) / thermal)];
        double[] film = [.. Enumerable.Range(0, u.Wo3Nodes.Length).Select(j =>
        {
            double y = sample.State[u.Hydrogen + j] / d.Wo3.SiteDensity;
            return Math.Log(y / (1 - y) / (rest / (1 - rest)))
                + (d.Wo3.InteractionPotential * (y - rest) + (seesFilm ? sample.State[u.FilmPotential + j] : 0)) / thermal;
        })];
        double gate = (sample.Simulation.GateVoltage - d.Gate.RestVoltage) / thermal,
            adsorbed = Math.Log(theta / (1 - theta) / (theta0 / (1 - theta0)));
        (double, string)[] all =
        [
            (Math.Abs(gate - psg[0]), "injection"), (psg.Max() - psg.Min(), "hopping"), (Math.Abs(psg[last] - adsorbed), "Volmer"),
            (Math.Abs(adsorbed - film[0]), "absorption"), (film.Max() - film.Min(), "drift"),
        ];
        return all.Max();
    }
}

using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Verification;

/// <summary>Observed order in space of the device's equations, by manufactured solutions.</summary>
internal sealed class SpaceOrder : ValidationCase
{
    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    /// <summary>Equations in words.</summary>
    public required string Words { get; init; }

    /// <summary>Parameters.</summary>
    public required Device Device { get; init; }

    /// <summary>The mistake, in words.</summary>
    public required string Mistake { get; init; }

    /// <summary>Parameters with which the sources are mistaken.</summary>
    public required Func<Device, Device> Mistaken { get; init; }

    private static Device Blocking => new()
    {
        // Times of everything are near a nanosecond, the Debye length is resolved, and nothing passes the interfaces.
        Psg = new() { ActivationEnergy = 0.1, FixedChargeDensity = 1e25 },
        Pd = new() { ExchangeCurrentDensity = 1e-30, Thickness = 10e-9 },
        Interface = new() { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
        Wo3 = new() { RestComposition = 0.1, Diffusivity = 1e-7, TracerDiffusivityDilute = 1e-7, TracerDiffusivityRich = 1e-8 },
        Heat = new() { OxideThickness = 10e-9 },
    };

    /// <summary>Every equation in 1-D.</summary>
    public static IEnumerable<SpaceOrder> All
    {
        get
        {
            Device device = Blocking;
            Device thermodynamic = device with
            {
                Wo3 = device.Wo3 with
                {
                    DiffusionLaw = DiffusionLaw.Thermodynamic,
                    DiluteSpecies = 2,
                    InteractionPotential = 0.5
                }
            };
            yield return new()
            {
                Name = "isothermal",
                Words = "proton transport, Poisson's equation, Fick diffusion",
                Device = device,
                Mistake = "the sources have a hopping distance 5 % longer",
                Mistaken = d => d with { Psg = d.Psg with { HopDistance = 1.05 * d.Psg.HopDistance } },
            };
            yield return new()
            {
                Name = "thermodynamic-diffusion",
                Words = "diffusion of hydrogen by its chemical potential, n = 2, g_W = 0.5 V",
                Device = thermodynamic,
                Mistake = "the sources have a thermodynamic factor with n 5 % less",
                Mistaken = d => d with { Wo3 = d.Wo3 with { DiluteSpecies = 0.95 * d.Wo3.DiluteSpecies } },
            };
            // A permittivity at which the screening length of 1e27 electrons is resolved.
            Channel film = device.Wo3 with { SpaceCharge = true, Permittivity = 10000, RestComposition = 0.1, LocalisedDensity = 5e18 };
            yield return new()
            {
                Name = "space-charge",
                Words = "WO3 with Poisson's equation, Boltzmann electrons and protons that drift",
                Device = device with { Wo3 = film },
                Mistake = "the sources have 5 % more localised electrons",
                Mistaken = d => d with { Wo3 = d.Wo3 with { LocalisedDensity = 1.05 * d.Wo3.LocalisedDensity } },
            };
            yield return new()
            {
                Name = "space-charge-heat",
                Words = "the same with Fermi-Dirac electrons, g_W = 0.5 V, the thermodynamic law of D_H and heat",
                Device = device with
                {
                    Psg = device.Psg with { ActivationEnergy = 0.2 },
                    Wo3 = film with
                    {
                        Statistics = ElectronStatisticsLaw.FermiDirac,
                        InteractionPotential = 0.5,
                        DiffusionLaw = DiffusionLaw.Thermodynamic,
                        StateDensity = 1e27
                    },
                    Heat = device.Heat with { Enabled = true },
                },
                Mistake = "the sources have an interaction of 0.45 V",
                Mistaken = d => d with { Wo3 = d.Wo3 with { InteractionPotential = 0.45 } },
            };
            yield return new()
            {
                Name = "heat",
                Words = "all with the heat they dissipate, through four layers",
                // Slower hops: at those of the other cases the film would run away with its own heat.
                Device = thermodynamic with
                {
                    Psg = device.Psg with { ActivationEnergy = 0.2 },
                    Heat = device.Heat with { Enabled = true }
                },
                Mistake = "the sources have contacts between layers that conduct 5 % better",
                Mistaken = d => d with { Heat = d.Heat with { InterfaceConductance = 1.05 * d.Heat.InterfaceConductance } },
            };
        }
    }

    public override string Id => $"verification.space-order-{Name}";

    public override string Title => $"Second order in space: {Words}";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "error(h) / error(h/2) = 2^p, p = 2";

    public override string Source =>
        "method of manufactured solutions (P. J. Roache, J. Fluids Eng. 124, 4 (2002)): cosine waves in space and time in every field, "
            + "graded mesh";

    public override Control Control => new(Mistake);

    public override ValidationOutcome Run(RunContext context)
    {
        int[] cells = context.Quick ? [32, 64, 128] : [32, 64, 128, 256];
        Device sources = context.Perturbed ? Mistaken(Device) : Device;
        Dictionary<string, double>[] errors = [.. cells.Select(n => new Manufactured(Device, sources, n).Errors())];
        List<Check> checks = [];
        List<Curve> curves = [];
        double[] n = [.. cells.Select(c => (double)c)];
        foreach (string field in errors[0].Keys)
        {
            double[] e = [.. errors.Select(d => d[field])];
            checks.Add(new($"order of {field}", "1", Math.Log2(e[^2] / e[^1]), 2, Band.Between(1.9, 2.2)));
            checks.Add(new($"error of {field} on {cells[^1]} cells, over its amplitude", "1", e[^1], Band.Shown));
            curves.Add(new(field, CurveStyle.Markers, n, e));
            curves.Add(new("", CurveStyle.Line, n, [.. n.Select(c => e[^1] * Math.Pow(n[^1] / c, 2))]));
        }
        return new(checks)
        {
            Charts = [new("Largest error over the amplitude of the field", "cells of PSG", "error", curves) { LogX = true,
            LogY = true }]
        };
    }
}

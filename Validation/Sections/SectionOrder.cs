using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Sections;

/// <summary>Observed order in space of the device's equations over a cross-section, by manufactured solutions.</summary>
internal sealed class SectionOrder : ValidationCase
{
    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    /// <summary>Equations and mesh in words.</summary>
    public required string Words { get; init; }

    /// <summary>Parameters.</summary>
    public required Device Device { get; init; }

    /// <summary>Mesh of a number of cells.</summary>
    public required Func<int, ControlVolumeMesh> Mesh { get; init; }

    /// <summary>The mistake, in words.</summary>
    public required string Mistake { get; init; }

    /// <summary>The mistake in the mesh that the solver works on.</summary>
    public Func<ControlVolumeMesh, ControlVolumeMesh> MistakenMesh { get; init; } = mesh => mesh;

    /// <summary>The mistake in the parameters by which the sources are written.</summary>
    public Func<Device, Device> Mistaken { get; init; } = device => device;

    /// <summary>True to leave it out of the quick suite.</summary>
    public bool IsLong { get; init; }

    private static Device Blocking => new()
    {
        // Times of everything are near a nanosecond, the Debye length is resolved, and nothing passes the interfaces.
        Psg = new() { ActivationEnergy = 0.1, FixedChargeDensity = 1e24, HopDistance = 2e-9, AttemptFrequency = 1e12 },
        Pd = new() { ExchangeCurrentDensity = 1e-30, Thickness = 10e-9 },
        Interface = new() { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
        Wo3 = new() { RestComposition = 0.02, Diffusivity = 1e-7, TracerDiffusivityDilute = 1e-7, TracerDiffusivityRich = 1e-8 },
        Heat = new() { OxideThickness = 10e-9, OxidePermittivity = 9 },
    };

    /// <summary>Every equation on both meshes.</summary>
    public static IEnumerable<SectionOrder> All
    {
        get
        {
            Device device = Blocking;
            Device electrons = device with
            {
                Wo3 = device.Wo3 with
                {
                    Electrons = true,
                    DiffusionLaw = DiffusionLaw.Thermodynamic,
                    DiluteSpecies = 2,
                    InteractionPotential = 0.5
                },
            };
            // Slower hops: at those of the other cases the film would run away with its own heat.
            Device heat = electrons with { Psg = device.Psg with { ActivationEnergy = 0.2 }, Heat = device.Heat with { Enabled = true } };
            const string wide = "the faces that edges along x cross are 5 % too large";
            const string centroid = "faces end at the centroids of the triangles instead of the centres of their circles";
            const string contacts = "the sources have contacts between regions that conduct 5 % better";
            yield return new()
            {
                Name = "isothermal",
                Words = "protons, Poisson's equation in PSG and insulator, Fick diffusion on a tensor grid",
                Device = device,
                Mesh = SectionMesh.Tensor,
                Mistake = wide,
                MistakenMesh = WideFaces,
            };
            yield return new()
            {
                Name = "electrons",
                Words = "the same with electrons and diffusion by the chemical potential on a tensor grid",
                Device = electrons,
                Mesh = SectionMesh.Tensor,
                Mistake = "the sources have an insulator with a permittivity 5 % higher",
                Mistaken = d => d with { Heat = d.Heat with { OxidePermittivity = 1.05 * d.Heat.OxidePermittivity } },
            };
            yield return new()
            {
                Name = "heat",
                Words = "all with the heat they dissipate on a tensor grid",
                Device = heat,
                Mesh = SectionMesh.Tensor,
                Mistake = contacts,
                Mistaken = BetterContacts,
            };
            // A permittivity at which the screening length of the electrons is resolved.
            Device charged = device with
            {
                Wo3 = device.Wo3 with { SpaceCharge = true, Electrons = true, Permittivity = 10000, ElectronMobility = 4e-6 },
            };
            yield return new()
            {
                Name = "space-charge",
                Words = "WO3 with Poisson's equation to the substrate, electrons between contacts, protons that drift, on a tensor grid",
                Device = charged,
                Mesh = SectionMesh.Tensor,
                Mistake = "the sources have a permittivity of WO3 5 % higher",
                Mistaken = d => d with { Wo3 = d.Wo3 with { Permittivity = 1.05 * d.Wo3.Permittivity } },
            };
            yield return new()
            {
                Name = "space-charge-heat",
                Words = "the same with Fermi-Dirac electrons, g_W = 0.5 V, the thermodynamic law of D_H and heat",
                Device = charged with
                {
                    Psg = heat.Psg,
                    Heat = heat.Heat,
                    Wo3 = charged.Wo3 with
                    {
                        Statistics = ElectronStatisticsLaw.FermiDirac,
                        StateDensity = 1e26,
                        InteractionPotential = 0.5,
                        DiffusionLaw = DiffusionLaw.Thermodynamic,
                    },
                },
                Mesh = SectionMesh.Tensor,
                Mistake = "the sources have electrons with a mobility 5 % higher",
                Mistaken = d => d with { Wo3 = d.Wo3 with { ElectronMobility = 1.05 * d.Wo3.ElectronMobility } },
            };
            yield return new()
            {
                Name = "triangles",
                Words = "protons, Poisson's equation in PSG and insulator, electrons, diffusion on distorted triangles",
                Device = LowField(electrons),
                Mesh = SectionMesh.Triangles,
                Mistake = centroid,
                MistakenMesh = CentroidFaces,
            };
            yield return new()
            {
                Name = "triangles-heat",
                Words = "all with the heat they dissipate on distorted triangles",
                Device = LowField(heat),
                Mesh = SectionMesh.Triangles,
                Mistake = contacts,
                Mistaken = BetterContacts,
                IsLong = true,
            };
        }
    }

    public override string Id => $"verification.section-order-{Name}";

    public override string Title => $"Second order in 2-D: {Words}";

    public override CaseGroup Group => CaseGroup.Verification;

    public override string Equation => "error(h) / error(h/2) = 2^p, p = 2, error^2 = sum of V_i (u_i - u(x_i, z_i))^2 / sum of V_i";

    public override string Source =>
        "method of manufactured solutions (P. J. Roache, J. Fluids Eng. 124, 4 (2002)): waves in x, z and time in every field, jumps of "
            + "temperature and of permittivity between regions";

    public override bool Quick => !IsLong;

    public override Control Control => new(Mistake);

    public override ValidationOutcome Run(RunContext context)
    {
        int[] cells = context.Quick ? [12, 24] : [8, 16, 32, 64];
        Device sources = context.Perturbed ? Mistaken(Device) : Device;
        List<Dictionary<string, double>> errors = [];
        double[] sizes = [.. cells.Select(n => (double)n)];
        foreach (int n in cells)
        {
            context.Cancel.ThrowIfCancellationRequested();
            ControlVolumeMesh mesh = Mesh(n);
            var problem = new ManufacturedSection(Device, sources, mesh, context.Perturbed ? MistakenMesh(mesh) : mesh);
            errors.Add(problem.Errors());
        }
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach (string field in errors[0].Keys)
        {
            double[] e = [.. errors.Select(d => d[field])];
            checks.Add(new($"order of {field}", "1", Math.Log(e[^2] / e[^1]) / Math.Log(sizes[^1] / sizes[^2]), 2, Band.AtLeast(1.9)));
            checks.Add(new($"error of {field} on {cells[^1]} cells, over its amplitude", "1", e[^1], Band.AtMost(0.05)));
            curves.Add(new(field, CurveStyle.Markers, sizes, e));
            curves.Add(new("", CurveStyle.Line, sizes, [.. sizes.Select(c => e[^1] * Math.Pow(sizes[^1] / c, 2))]));
        }
        return new(checks)
        {
            Charts = [new("Error over the amplitude of the field", "cells across the PSG", "error", curves) { LogX = true,
            LogY = true }]
        };
    }

    private static Device BetterContacts(Device d) =>
        d with { Heat = d.Heat with { InterfaceConductance = 1.05 * d.Heat.InterfaceConductance } };

    // Hops short enough for a law without sinh: an edge sees its own field, and a law that is not linear in the field
    // then depends on the direction of the edges, which triangles turn at random.
    private static Device LowField(Device device)
    {
        const double ratio = 1e-3;
        return device with
        {
            Psg = device.Psg with
            {
                HopDistance = ratio * device.Psg.HopDistance,
                AttemptFrequency = device.Psg.AttemptFrequency / (ratio * ratio)
            },
        };
    }

    private static ControlVolumeMesh WideFaces(ControlVolumeMesh mesh) => WithAreas(mesh,
        [.. Enumerable.Range(0, mesh.EdgeCount).Select(
            e => mesh.EdgeArea[e] * (mesh.X[mesh.EdgeLeft[e]] == mesh.X[mesh.EdgeRight[e]] ? 1 : 1.05))]);

    private static ControlVolumeMesh CentroidFaces(ControlVolumeMesh mesh)
    {
        var areas = new Dictionary<(int, int), double>();
        for (int t = 0; t < mesh.Triangles.Length; t += 3)
            for (int k = 0; k < 3; k++)
            {
                (int a, int b, int c) = (mesh.Triangles[t + k], mesh.Triangles[t + (k + 1) % 3], mesh.Triangles[t + (k + 2) % 3]);
                // From the middle of ab to the centroid: a third of the way to c.
                double x = mesh.X[c] - 0.5 * (mesh.X[a] + mesh.X[b]), z = mesh.Z[c] - 0.5 * (mesh.Z[a] + mesh.Z[b]);
                (int, int) key = (Math.Min(a, b), Math.Max(a, b));
                areas[key] = areas.GetValueOrDefault(key) + SectionMesh.Depth * Math.Sqrt(x * x + z * z) / 3;
            }
        return WithAreas(mesh, [.. Enumerable.Range(0, mesh.EdgeCount).Select(e => areas[(mesh.EdgeLeft[e], mesh.EdgeRight[e])])]);
    }

    private static ControlVolumeMesh WithAreas(ControlVolumeMesh mesh, double[] areas) => new()
    {
        Dimension = mesh.Dimension,
        Regions = mesh.Regions,
        RegionStart = mesh.RegionStart,
        X = mesh.X,
        Z = mesh.Z,
        Volume = mesh.Volume,
        EdgeLeft = mesh.EdgeLeft,
        EdgeRight = mesh.EdgeRight,
        EdgeLength = mesh.EdgeLength,
        EdgeArea = areas,
        Interfaces = mesh.Interfaces,
        Boundaries = mesh.Boundaries,
        Triangles = mesh.Triangles,
    };
}

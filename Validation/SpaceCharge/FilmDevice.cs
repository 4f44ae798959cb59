using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Devices;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>Devices whose film has space charge, and what is read off the film.</summary>
internal static class FilmDevice
{
    /// <summary>A device in which nothing hops, reacts or diffuses: its film is a semiconductor
    /// with fixed donors under a capacitor.</summary>
    /// <param name="donors">Donors, C_ref [m^-3].</param>
    /// <param name="thickness">Thickness of the film [m].</param>
    /// <param name="permittivity">eps_W.</param>
    public static Device Frozen(double donors, double thickness, double permittivity) => new()
    {
        Psg = new() { ActivationEnergy = 3 },
        Pd = new() { ExchangeCurrentDensity = 1e-30 },
        Interface = new() { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
        Wo3 = new()
        {
            SpaceCharge = true,
            Permittivity = permittivity,
            Thickness = thickness,
            Diffusivity = 1e-40,
            RestComposition = donors / new Channel().SiteDensity,
        },
    };

    /// <summary>Potential at the face of the film [V].</summary>
    public static double Surface(VirtualDevice sample) => sample.State[sample.Layout.FilmPotential];

    /// <summary>Potential at its back [V].</summary>
    public static double Back(VirtualDevice sample) => sample.State[sample.Layout.FilmPotential + sample.Layout.Wo3Nodes.Length - 1];

    /// <summary>Displacement into the film [C/m^2].</summary>
    public static double Displacement(VirtualDevice sample)
    {
        double drop = sample.State[sample.Layout.Potential + sample.Layout.PsgNodes.Length - 1] - Surface(sample);
        return SternLayer<Scalar>.Of(Pack.One(sample.Device), sample.Device).Displacement(new Scalar(drop));
    }

    /// <summary>Puts a device into equilibrium with an open gate at a multiple of the film's hydrogen at rest.</summary>
    /// <remarks>The double layer that belongs to it takes some of the hydrogen from the film, which is then left alone for a
    /// second.</remarks>
    public static void Fill(DeviceSimulation sample, double content)
    {
        (Device d, UnknownLayout u) = (sample.Device, sample.Layout);
        double thermal = ThermalVoltage(d.Heat.AmbientTemperature), rest = d.Wo3.RestComposition * d.Wo3.SiteDensity;
        double y = content * d.Wo3.RestComposition;
        double hydrogen = InsertionPotential<Scalar>.Of(Pack.One(d), d).Rise<Scalar>(new(y), new(thermal));
        double band = d.Wo3.SpaceCharge ? ElectronStatistics.NeutralBand(d, content * rest) : 0;
        double odds = d.Interface.RestCoverage / (1 - d.Interface.RestCoverage) * Math.Exp((hydrogen + band) / thermal);
        void Put(int start, int count, double value)
        {
            if (start >= 0)
                Array.Fill(sample.State, new(value), start, count);
        }
        Put(u.Hydrogen, u.Wo3Nodes.Length, content * rest);
        Put(u.Coverage, u.ChannelInterfaces.Length, odds / (1 + odds));
        Put(u.FilmPotential, u.Wo3Nodes.Length, band);
        Put(u.ElectronDensity, u.Wo3Nodes.Length, content * rest + ElectronStatistics.DonorDensity(d));
        Put(u.Potential, u.PsgNodes.Length, sample.State[u.Potential] + hydrogen + band);
        Put(u.GateVoltage, 1, sample.GateVoltage + hydrogen + band);
        sample.Rest(1);
    }

    /// <summary>
    /// Cross-section of a stack whose gate covers all of the channel, between contacts of metal, with columns that grow from both contacts.
    /// </summary>
    public static ControlVolumeMesh FullGate(Device device, ControlVolumeMesh stack, int columns)
    {
        double length = device.Geometry.Length, metal = 20e-9;
        double Start(int r) => stack.Z[stack.RegionStart[r]];
        double End(int r) => stack.Z[stack.RegionStart[r + 1] - 1];
        int film = Array.FindIndex(stack.Regions, r => r.Material == MaterialKind.Channel);
        double[] z = [.. stack.Z.Order().Aggregate(new List<double>(), (kept, at) =>
        {
            if (kept.Count == 0 || at - kept[^1] > 1e-16)
                kept.Add(at);
            return kept;
        })];
        double[] x = [-metal, .. Grading1D.TwoSided(length, columns, 0.5e-9, 0.5e-9), length + metal];
        return CrossSectionMesh.Build(new()
        {
            Depth = device.Geometry.Width,
            CompactLayer = device.Psg.SternThickness,
            Rectangles =
            [
                .. stack.Regions.Select((region, r) => new Rectangle(region.Name, region.Material, 0, length,
                    region.Material == MaterialKind.Electrolyte ? End(r - 1) : Start(r),
                    region.Material == MaterialKind.Electrolyte ? Start(r + 1) : End(r))),
                new("source", MaterialKind.ContactMetal, -metal, 0, Start(film), End(film)),
                new("drain", MaterialKind.ContactMetal, length, length + metal, Start(film), End(film)),
            ],
        }, x, z);
    }

    /// <summary>Equal cells in WO3.</summary>
    public static MeshSettings Equal(int cells) => new() { Wo3Uniform = true, Wo3Cells = cells };
}

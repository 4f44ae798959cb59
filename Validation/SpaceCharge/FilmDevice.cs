using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
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
    /// <remarks>The double layer that belongs to it takes some of the hydrogen from the film, which
    /// is then left alone for a second.</remarks>
    public static void Fill(VirtualDevice sample, double content)
    {
        Device d = sample.Device;
        double thermal = ThermalVoltage(d.Heat.AmbientTemperature), rest = d.Wo3.RestComposition * d.Wo3.SiteDensity;
        double y = content * d.Wo3.RestComposition,
            hydrogen = InsertionPotential<Scalar>.Of(Pack.One(d), d).Rise(new Scalar(y), new Scalar(thermal));
        double band = d.Wo3.SpaceCharge ? ElectronStatistics.NeutralBand(d, content * rest) : 0;
        double odds = d.Interface.RestCoverage / (1 - d.Interface.RestCoverage) * Math.Exp((hydrogen + band) / thermal);
        void Shift(int start, int count, double by)
        {
            for (int i = start; i < start + count; i++)
                sample.State[i] += new Scalar(by);
        }
        for (int j = 0; j < sample.Layout.Wo3Nodes.Length; j++)
            sample.State[sample.Layout.Hydrogen + j] = new(content * rest);
        sample.State[sample.Layout.Coverage] = new(odds / (1 + odds));
        if (d.Wo3.SpaceCharge)
            Shift(sample.Layout.FilmPotential, sample.Layout.Wo3Nodes.Length, band);
        Shift(sample.Layout.Potential, sample.Layout.PsgNodes.Length, hydrogen + band);
        Shift(sample.Layout.GateVoltage, 1, hydrogen + band);
        sample.Simulation.Rest(1);
    }

    /// <summary>Equal cells in WO3.</summary>
    public static MeshSettings Equal(int cells) => new() { Wo3Uniform = true, Wo3Cells = cells };
}

using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Sections;

/// <summary>A vector in the plane.</summary>
internal readonly record struct Vector(double X, double Z)
{
    public static Vector operator *(double factor, Vector v) => new(factor * v.X, factor * v.Z);

    /// <summary>Scalar product.</summary>
    public double Dot(Vector other) => X * other.X + Z * other.Z;
}

/// <summary>Fields that a cross-section is made to follow, and the fluxes that belong to them, written again from physics.md.</summary>
/// <param name="device">Parameters by which the fluxes are written.</param>
internal sealed class SectionFields(Device device)
{
    private const double Duration = ManufacturedSection.Duration;
    private const double K = 1.3 * Math.PI / SectionMesh.Length, L = 1.7 * Math.PI / 10e-9, W = 2 / Duration;
    private readonly double _uRest = CellVoltage.InsertionAt(device, device.Heat.AmbientTemperature);
    private readonly double _reference = ThermalVoltage(device.Heat.ReferenceTemperature);

    /// <summary>Protons in PSG [m^-3].</summary>
    public PlaneWave Proton { get; } = new(device.Psg.FixedChargeDensity, 0.3 * device.Psg.FixedChargeDensity, K, 0.3, L, 0.4, W);

    /// <summary>Potential [V]: a strong field mostly by the tilt, which needs no charge; none
    /// across the compact layer at the WO3.</summary>
    public PlaneWave Potential { get; } = new(
        -CellVoltage.InsertionAt(device, device.Heat.AmbientTemperature), 0.05, 0.9 * K, 0.5, 0.8 * L, -0.3, 1.3 * W)
    {
        Tilt = -3e7,
        Origin = SectionMesh.Face,
    };

    /// <summary>Hydrogen in WO3 [m^-3].</summary>
    public PlaneWave Hydrogen { get; } = new(device.Wo3.RestComposition * device.Wo3.SiteDensity,
        0.4 * device.Wo3.RestComposition * device.Wo3.SiteDensity, 0.8 * K, -0.4, 0.9 * L, 0.2, 0.8 * W);

    /// <summary>Potential of electrons [V], 0 at both contacts.</summary>
    public PlaneWave Electron { get; } = new(0, 0.03, Math.PI / SectionMesh.Length, -Math.PI / 2, 0.7 * L, 0.6, 0.9 * W);

    /// <summary>Electrons in WO3 with space charge [m^-3].</summary>
    public PlaneWave ElectronDensity { get; } = new(
        device.Wo3.RestComposition * device.Wo3.SiteDensity, 0.3 * device.Wo3.RestComposition * device.Wo3.SiteDensity, 0.6 * K, 0.7,
            0.8 * L, -0.5, 1.2 * W);

    /// <summary>Potential in WO3 with space charge, and in the insulator below it [V], 0 at the lower side of the mesh.</summary>
    public PlaneWave Film { get; } = new(0, 0.04, 0.7 * K, -0.2, 0.7 * L, Math.PI / 2 - 0.7 * L * SectionMesh.Bottom, 0.7 * W);

    /// <summary>Temperature of a region [K]: 15 K and more, different on either side of an interface, and ambient at the bottom.</summary>
    public PlaneWave Temperature(MaterialKind material) => new(device.Heat.AmbientTemperature, 15 * (1 + 0.1 * (int)material), 0.7 * K, 0.2,
        2.5 * Math.PI / SectionMesh.Bottom, Math.PI / 2 - 2.5 * Math.PI, 1.1 * W);

    /// <summary>Potential in the insulator beside the PSG: the same at their common face, with a
    /// slope that keeps the displacement.</summary>
    public Jet InsulatorPotential(double x, double z, double t)
    {
        double ratio = device.Psg.RelativePermittivity / device.Heat.OxidePermittivity;
        Jet j = Potential.At(SectionMesh.Length + ratio * (x - SectionMesh.Length), z, t);
        return j with { X = ratio * j.X };
    }

    /// <summary>kT/q [V] in a material.</summary>
    public Jet Thermal(MaterialKind material, double x, double z, double t)
    {
        if (!device.Heat.Enabled)
            return new(ThermalVoltage(device.Heat.AmbientTemperature), 0, 0, 0);
        Jet j = Temperature(material).At(x, z, t);
        return new(VoltPerKelvin * j.Value, VoltPerKelvin * j.X, VoltPerKelvin * j.Z, VoltPerKelvin * j.Rate);
    }

    /// <summary>Flux of protons [m^-2 s^-1], by the whole field.</summary>
    public Vector ProtonFlux(double x, double z, double t)
    {
        Electrolyte psg = device.Psg;
        (Jet c, Jet phi, double thermal) = (Proton.At(x, z, t), Potential.At(x, z, t), Thermal(MaterialKind.Electrolyte, x, z, t).Value);
        double s = psg.HopDistance * Math.Sqrt(phi.X * phi.X + phi.Z * phi.Z) / (2 * thermal);
        double diffusivity = psg.HopDistance * psg.HopDistance * psg.AttemptFrequency * Math.Exp(-psg.ActivationEnergy / thermal)
            * (s < 1e-4 ? 1 + s * s / 6 : Math.Sinh(s) / s);
        return -diffusivity * new Vector(c.Value * phi.X / thermal + c.X, c.Value * phi.Z / thermal + c.Z);
    }

    /// <summary>Heat of the protons [W/m^3]: current times the field, since mixing is entropy alone.</summary>
    public double ProtonHeat(double x, double z, double t)
    {
        Jet phi = Potential.At(x, z, t);
        return -ElementaryCharge * ProtonFlux(x, z, t).Dot(new(phi.X, phi.Z));
    }

    /// <summary>Flux of hydrogen in WO3 [m^-2 s^-1].</summary>
    public Vector HydrogenFlux(double x, double z, double t)
    {
        Channel wo3 = device.Wo3;
        (Jet c, double thermal) = (Hydrogen.At(x, z, t), Thermal(MaterialKind.Channel, x, z, t).Value);
        double y = c.Value / wo3.SiteDensity;
        double tracer = wo3.TracerDiffusivityDilute * Math.Pow(wo3.TracerDiffusivityRich / wo3.TracerDiffusivityDilute,
            y / wo3.TracerRichComposition);
        double activated = Math.Exp(-wo3.DiffusionActivationEnergy * (1 / thermal - 1 / _reference));
        if (wo3.SpaceCharge)
        {
            Jet phi = Film.At(x, z, t);
            double mobility = (wo3.DiffusionLaw == DiffusionLaw.Fick ? wo3.Diffusivity * (1 - y) : tracer) * activated;
            double Along(double slope, double field) =>
                -mobility * (slope * (1 / (1 - y) + wo3.InteractionPotential * y / thermal) + c.Value / thermal * field);
            return new(Along(c.X, phi.X), Along(c.Z, phi.Z));
        }
        double coefficient = wo3.DiffusionLaw == DiffusionLaw.Fick
            ? wo3.Diffusivity
            : tracer * (wo3.InteractionPotential * y / thermal + wo3.DiluteSpecies / (1 - y));
        return -coefficient * activated * new Vector(c.X, c.Z);
    }

    /// <summary>Heat of the hydrogen [W/m^3]: current times the drop of the enthalpy g_W y and, with space charge, of the
    /// potential.</summary>
    public double HydrogenHeat(double x, double z, double t)
    {
        Jet c = Hydrogen.At(x, z, t), phi = device.Wo3.SpaceCharge ? Film.At(x, z, t) : default;
        double interaction = device.Wo3.InteractionPotential / device.Wo3.SiteDensity;
        return -ElementaryCharge * HydrogenFlux(x, z, t).Dot(new(interaction * c.X + phi.X, interaction * c.Z + phi.Z));
    }

    /// <summary>Conductivity of WO3 for electrons [S/m], with the image charge of the column above.</summary>
    public double Conductivity(double x, double z, double t)
    {
        double film = Hydrogen.StartAlongZ(x, SectionMesh.Face, SectionMesh.Floor);
        double displacement = VacuumPermittivity * device.Psg.RelativePermittivity / device.Psg.SternThickness
            * (Potential.At(x, SectionMesh.Face, t).Value + _uRest - Electron.At(x, SectionMesh.Face, t).Value);
        double charge = 1 + displacement / (ElementaryCharge * film);
        return ElementaryCharge * device.Wo3.ElectronMobility * Hydrogen.At(x, z, t).Value * 0.05 * Math.Log(1 + Math.Exp(charge / 0.05));
    }

    /// <summary>Current of electrons [A/m^2].</summary>
    public Vector ElectronCurrent(double x, double z, double t)
    {
        Jet psi = Electron.At(x, z, t);
        return -Conductivity(x, z, t) * new Vector(psi.X, psi.Z);
    }

    /// <summary>Charge in WO3 with space charge [C/m^3].</summary>
    public double FilmCharge(double x, double z, double t) =>
        ElementaryCharge * (Hydrogen.At(x, z, t).Value - ElectronDensity.At(x, z, t).Value);

    /// <summary>Flux of electrons with space charge [m^-2 s^-1]: mobility and density times the slope of phi less f_e'/q.</summary>
    public Vector ElectronFlux(double x, double z, double t)
    {
        Vector slope = ElectronSlope(x, z, t);
        return device.Wo3.ElectronMobility * ElectronDensity.At(x, z, t).Value * slope;
    }

    /// <summary>Heat of the electrons with space charge [W/m^3].</summary>
    public double ElectronHeat(double x, double z, double t) => ElementaryCharge * ElectronFlux(x, z, t).Dot(ElectronSlope(x, z, t));

    /// <summary>By how much the density in equilibrium with a contact at 0 V exceeds the field's [m^-3].</summary>
    public double AtContact(double x, double z, double t)
    {
        double level = Film.At(x, z, t).Value / ThermalVoltage(device.Heat.AmbientTemperature), rest = ElectronDensity.Mean,
            states = device.Wo3.StateDensity;
        double density = device.Wo3.Statistics == ElectronStatisticsLaw.Boltzmann ? rest * Math.Exp(level)
            : states * FermiIntegral.Half<Scalar, Scalar>(new(FermiIntegral.InverseHalf(rest / states) + level));
        return density - ElectronDensity.At(x, z, t).Value;
    }

    // phi less f_e'/q, at the temperature of the contacts: kT/q grad ln n, or kT/q grad n/(dn/deta).
    private Vector ElectronSlope(double x, double z, double t)
    {
        (Jet n, Jet phi, double states) = (ElectronDensity.At(x, z, t), Film.At(x, z, t), device.Wo3.StateDensity);
        double perDensity = 1 / n.Value;
        if (device.Wo3.Statistics == ElectronStatisticsLaw.FermiDirac)
        {
            FermiIntegral.Half(new Scalar(FermiIntegral.InverseHalf(n.Value / states)), out Scalar slope);
            perDensity = 1 / (states * slope);
        }
        perDensity *= ThermalVoltage(device.Heat.AmbientTemperature);
        return new(phi.X - perDensity * n.X, phi.Z - perDensity * n.Z);
    }
}

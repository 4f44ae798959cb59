using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;

// The code of docs/extending.md: each sample stands there as it stands here.
namespace FvSolver.Tests.Samples;

// sample: hop-law
/// <summary>The downhill rate stops growing at a field E_c: s = (1 + (E/E_c)^2)^(-1/2), E = 2 kT |x|/(q a).</summary>
public readonly struct CappedHop<P> : IHopLaw<CappedHop<P>, P>
    where P : struct, IParameter<P>
{
    /// <summary>a/(2 E_c a^2) [1/V], so that |x| over q/kT times this is E/E_c.</summary>
    public required P InverseCap { get; init; }

    public static CappedHop<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseCap = pack(d => 2 / (d.Psg.HopDistance * d.Psg.BreakdownField)),
    };

    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T field = x / inverseThermalVoltage * InverseCap;
        return T.Reciprocal(T.Sqrt(field * field + 1.0));
    }
}
// end

// sample: reaction
/// <summary>
/// Two kinds of sites exchange hydrogen: H_ads + *_d &lt;=&gt; * + H_d, r = Gamma_s k [theta (1-theta_d) - K theta_d (1-theta)].
/// </summary>
/// <remarks>K = [theta_0/(1-theta_0)] [(1-theta_d0)/theta_d0], so that the rate vanishes where the potentials of both are equal.</remarks>
public readonly struct SurfaceDiffusion<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Adsorbed => -1,
        InterfaceSpecies.Defects => 1,
        _ => 0,
    };

    /// <summary>Gamma_s k [m^-2 s^-1].</summary>
    public required P RateConstant { get; init; }

    /// <summary>K.</summary>
    public required P Equilibrium { get; init; }

    public static SurfaceDiffusion<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Interface.SiteDensity * d.Interface.AbsorptionRate),
        Equilibrium = pack(d => d.Interface.RestCoverage / (1 - d.Interface.RestCoverage)
            * (1 - d.Interface.DefectRestCoverage) / d.Interface.DefectRestCoverage),
    };

    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P> =>
        (s.Amounts.Adsorbed * (-s.Amounts.Defects + 1.0) - s.Amounts.Defects * (-s.Amounts.Adsorbed + 1.0) * Equilibrium) * RateConstant;
}
// end

// sample: parameter
/// <summary>A capping layer on the gate.</summary>
public sealed record CappingLayer
{
    /// <summary>Thickness d_cap [m].</summary>
    [Quantity("d_cap", "m", Kind.Estimate, "a sputtered film of nominal thickness", Min = 0, ExclusiveMin = true)]
    public double Thickness { get; init; } = 5e-9;
}
// end

/// <summary>A record of records as <see cref="Device"/> is one.</summary>
public sealed record CappedDevice
{
    public CappingLayer Cap { get; init; } = new();
}

internal static class ExtendedRecording
{
    // sample: series
    /// <summary>Charge on the gate, as one more line of SeriesTable.Columns.</summary>
    public static RecordedColumn<DeviceReadings> GateCharge { get; } =
        new("gate_charge", "C", "charge on the metal of the gate", r => r.Device.GateCharge);

    /// <summary>Its picture: a view beside those of Cases/Plots/Views.</summary>
    public static FigureSpec Plot(Table series) => new()
    {
        Name = "gate-charge",
        Title = "Charge on the gate",
        Panels =
        [
            new()
            {
                X = new("time", "ns"),
                Y = new("charge", "aC"),
                Curves =
                [
                    new()
                    {
                        X = [.. series["time"].Select(t => 1e9 * t)],
                        Y = [.. series["gate_charge"].Select(q => 1e18 * q)],
                    },
                ],
            },
        ],
    };
    // end
}

// sample: validation
/// <summary>A held gate stores C V: two compact layers and the film in series, where protons cannot move.</summary>
public sealed class BlockedCapacitor : ValidationCase
{
    public override string Id => "limits.blocked-capacitor";

    public override string Title => "A film whose protons cannot hop is a plate capacitor of the whole thickness";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "Q = eps A V/d";

    public override string Source => "Gauss's law";

    public override Control Control { get; } = new("the compact layers are left out of the thickness");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = CalibrationRules.Resolve(new Device { Psg = new() { ActivationEnergy = 3 } });
        var simulation = new DeviceSimulation(device, new(), new());
        double before = simulation.GateCharge, step = 1;
        simulation.Segment(Solver.Assembly.DriveMode.Voltage, simulation.GateVoltage, simulation.GateVoltage + step, 1e-9);
        double thickness = device.Psg.Thickness - (context.Perturbed ? 2 * device.Psg.SternThickness : 0);
        double expected = device.Psg.RelativePermittivity * Constants.VacuumPermittivity * device.Geometry.Area / thickness * step;
        return new([new Check("charge of 1 V", "C", simulation.GateCharge - before, expected, Band.Relative(0.01))]);
    }
}
// end

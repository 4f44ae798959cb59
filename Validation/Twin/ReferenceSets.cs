using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Physics;

namespace FvSolver.Validation.Twin;

/// <summary>Parameter sets for which an independent solver has published converged values.</summary>
internal static class ReferenceSets
{
    private static readonly Lazy<Device> FrozenPreset = new(() => CaseReader.Read("single", ["preset=onen2022-v1"]).Device);

    /// <summary>The device of the preset <c>onen2022-v1</c>, whose numbers never change.</summary>
    public static Device Frozen => FrozenPreset.Value;

    /// <summary>The frozen preset with the hold of the default before the gate opens.</summary>
    public static Device Held => Frozen with { Gate = Frozen.Gate with { HoldTime = new GateCircuit().HoldTime } };

    /// <summary>The frozen preset with an inexhaustible gate.</summary>
    public static Device Default(double thickness) => Frozen with
    {
        Psg = Frozen.Psg with { Thickness = thickness },
        Pd = Frozen.Pd with { FiniteReservoir = false },
    };

    /// <summary>Set R1: thick compact layers, interfaces of equal speed.</summary>
    public static Device R1(double thickness) => CalibrationRules.Resolve(Frozen with
    {
        Psg = Frozen.Psg with
        {
            Thickness = thickness,
            SternThickness = 0.28e-9,
            HopDistance = 0.56e-9,
            FixedChargeDensity = 1e25,
            BulkCurrentDensity = 4e4,
            ActivationEnergy = double.NaN,
        },
        Pd = Frozen.Pd with { ExchangeCurrentDensity = 100, FiniteReservoir = false },
        Interface = Frozen.Interface with { ExchangeCurrentDensity = 100, RestCoverage = 1e-3 },
        Wo3 = Frozen.Wo3 with { RestComposition = 3.4e-4, Diffusivity = 1e-14, ElectronMobility = double.NaN },
    });

    /// <summary>Set R1 with two dilute species per hydrogen.</summary>
    public static Device R1TwoSpecies()
    {
        Device r1 = R1(10e-9);
        return CalibrationRules.Resolve(r1 with
        {
            Interface = r1.Interface with { ExchangeCurrentDensity = 30, AbsorptionRate = 1e6 },
            Wo3 = r1.Wo3 with { RestComposition = 2.2e-4, DiluteSpecies = 2 },
        });
    }
}

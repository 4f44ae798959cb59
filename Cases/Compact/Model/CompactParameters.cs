using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Compact.Model;

/// <summary>
/// Parameters of the compact model, per gate area at the reference temperature; see <see cref="CompactModel"/> for the equations.
/// </summary>
public sealed record CompactParameters
{
    [CompactQuantity("JF", "A/m^2", "prefactor of the film's sinh law, 2 q a Gamma0 c_fix")]
    public required double FilmCurrent { get; init; }

    [CompactQuantity("VS", "V", "voltage over the film that changes the law by e, 2 k T (d - l_S)/(q a)")]
    public required double SlopeVoltage { get; init; }

    [CompactQuantity("VREST", "V", "gate voltage at rest", AnySign = true)]
    public required double RestVoltage { get; init; }

    [CompactQuantity("CF", "F/m^2", "capacitance of the film with the gate's compact layer, eps/(d - l_S)")]
    public required double FilmCapacitance { get; init; }

    [CompactQuantity("CS", "F/m^2", "capacitance of a compact layer, at the channel as at the gate, eps/l_S")]
    public required double SternCapacitance { get; init; }

    [CompactQuantity("CD", "F/m^2", "capacitance of the diffuse layer at the channel, eps/Debye length")]
    public required double DiffuseCapacitance { get; init; }

    [CompactQuantity("QF", "C/m^2", "mobile charge of the film, q c_fix (d - l_S); the charge q_R of the layer adds to it")]
    public required double CarrierCharge { get; init; }

    [CompactQuantity("J0", "A/m^2", "exchange current of the transfer into the channel")]
    public required double ExchangeCurrent { get; init; }

    [CompactQuantity("AL", "1", "transfer coefficient")]
    public required double TransferCoefficient { get; init; }

    [CompactQuantity("JG", "A/m^2", "exchange current of the gate")]
    public required double GateExchangeCurrent { get; init; }

    [CompactQuantity("AG", "1", "transfer coefficient of the gate")]
    public required double GateTransferCoefficient { get; init; }

    [CompactQuantity("QW", "C/m^2", "hydrogen of the channel at rest, q C_max y_ref d_W")]
    public required double ChannelCharge { get; init; }

    [CompactQuantity("QT", "C/m^2", "hydrogen of the coverage at rest, q Gamma_s theta_0")]
    public required double CoverageCharge { get; init; }

    [CompactQuantity("TH0", "1", "coverage at rest")]
    public required double RestCoverage { get; init; }

    [CompactQuantity("KA", "1/s", "rate of absorption from the coverage into the channel")]
    public required double AbsorptionRate { get; init; }

    [CompactQuantity("TD", "s", "time of diffusion through the channel, d_W^2/D_H")]
    public required double DiffusionTime { get; init; }

    [CompactQuantity("NW", "1", "dilute species per inserted hydrogen, n")]
    public double DiluteSpecies { get; init; } = 1;

    [CompactQuantity("GW", "V", "fall of the insertion potential per multiple of the rest composition, g_W y_ref", AnySign = true)]
    public double InteractionPotential { get; init; }

    [CompactQuantity("GSQ", "S", "conductance of a square of the channel at rest")]
    public required double SheetConductance { get; init; }

    [CompactQuantity("BG", "1", "share of the rest conductance that is there without hydrogen", AnySign = true)]
    public double BackgroundShare { get; init; }

    [CompactQuantity("GLEAK", "S/m^2", "electronic leakage of the film", AnySign = true)]
    public double LeakConductance { get; init; }

    [CompactQuantity("EF", "eV", "activation energy of the film", AnySign = true)]
    public required double FilmActivation { get; init; }

    [CompactQuantity("EI", "eV", "activation energy of the transfer into the channel", AnySign = true)]
    public required double InterfaceActivation { get; init; }

    [CompactQuantity("EG", "eV", "activation energy of the gate's exchange current", AnySign = true)]
    public required double GateActivation { get; init; }

    [CompactQuantity("ED", "eV", "activation energy of diffusion in the channel", AnySign = true)]
    public required double DiffusionActivation { get; init; }

    [CompactQuantity("TCR", "V/K", "change of the rest voltage with temperature", AnySign = true)]
    public double RestVoltageSlope { get; init; }

    [CompactQuantity("TREF", "K", "reference temperature")]
    public required double ReferenceTemperature { get; init; }

    /// <summary>Parameters that are set one by one.</summary>
    public CompactParameters()
    {
    }

    [SetsRequiredMembers]
    private CompactParameters(IEnumerable<KeyValuePair<string, double>> values) => Set(values);

    /// <summary>Parameters by the names of their properties.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or a value missing or not allowed.</exception>
    public static CompactParameters Of(IEnumerable<KeyValuePair<string, double>> values)
    {
        var parameters = new CompactParameters(values);
        parameters.Check();
        return parameters;
    }

    /// <summary>Properties that are parameters, in order.</summary>
    public static IReadOnlyList<PropertyInfo> Properties { get; } =
        [.. typeof(CompactParameters).GetProperties().Where(p => p.GetCustomAttribute<CompactQuantityAttribute>() is not null)];

    /// <summary>Symbol, unit and meaning of a parameter.</summary>
    public static CompactQuantityAttribute Quantity(PropertyInfo property) => property.GetCustomAttribute<CompactQuantityAttribute>()!;

    /// <summary>Symbol, unit and meaning of a parameter by the name of its property.</summary>
    public static CompactQuantityAttribute Quantity(string name) => Quantity(Property(name));

    /// <summary>Value of a parameter by the name of its property.</summary>
    public double this[string name] => (double)Property(name).GetValue(this)!;

    /// <summary>The same with some values changed.</summary>
    public CompactParameters With(IEnumerable<KeyValuePair<string, double>> values)
    {
        CompactParameters copy = this with { };
        copy.Set(values);
        return copy;
    }

    private void Set(IEnumerable<KeyValuePair<string, double>> values)
    {
        foreach ((string name, double value) in values)
            Property(name).SetValue(this, value); // init accessors are open to reflection
    }

    /// <summary>What the device's own parameters say, without a fit.</summary>
    /// <exception cref="Input.InputException">The compact model lacks a law of the device.</exception>
    public static CompactParameters FromDevice(Device device)
    {
        CompactScope.Check(device);
        device = CalibrationRules.Resolve(device);
        Electrolyte psg = device.Psg;
        Channel wo3 = device.Wo3;
        double temperature = device.Heat.ReferenceTemperature, thermal = Constants.ThermalVoltage(temperature);
        double permittivity = psg.RelativePermittivity * Constants.VacuumPermittivity, q = Constants.ElementaryCharge;
        double film = psg.Thickness - psg.SternThickness;
        double protons = TrapExchange.RestDensity(psg);
        double hydrogen = wo3.RestComposition * wo3.SiteDensity;
        return new CompactParameters
        {
            FilmCurrent = 2 * q * psg.HopDistance * HopRate.At(psg, temperature) * protons,
            SlopeVoltage = 2 * thermal * film / psg.HopDistance,
            RestVoltage = device.Gate.RestVoltage,
            FilmCapacitance = permittivity / film,
            SternCapacitance = permittivity / psg.SternThickness,
            DiffuseCapacitance = Math.Sqrt(permittivity * q * protons / thermal),
            CarrierCharge = q * protons * film,
            ExchangeCurrent = device.Interface.ExchangeCurrentDensity,
            TransferCoefficient = device.Interface.TransferCoefficient,
            GateExchangeCurrent = device.Pd.ExchangeCurrentDensity,
            GateTransferCoefficient = device.Pd.TransferCoefficient,
            ChannelCharge = q * hydrogen * wo3.Thickness,
            CoverageCharge = q * device.Interface.SiteDensity * device.Interface.RestCoverage,
            RestCoverage = device.Interface.RestCoverage,
            AbsorptionRate = device.Interface.AbsorptionRate,
            DiffusionTime = wo3.Thickness * wo3.Thickness / wo3.Diffusivity,
            DiluteSpecies = wo3.DiluteSpecies,
            InteractionPotential = wo3.InteractionPotential * wo3.RestComposition,
            SheetConductance = q * wo3.ElectronMobility * (hydrogen + wo3.BackgroundElectrons) * wo3.Thickness,
            BackgroundShare = wo3.BackgroundElectrons / (hydrogen + wo3.BackgroundElectrons),
            LeakConductance = psg.LeakageConductivity / psg.Thickness,
            FilmActivation = psg.ActivationEnergy,
            InterfaceActivation = device.Interface.ActivationEnergy,
            GateActivation = device.Pd.ActivationEnergy,
            DiffusionActivation = wo3.DiffusionActivationEnergy,
            ReferenceTemperature = temperature,
        };
    }

    /// <summary>Throws when a value is not allowed.</summary>
    /// <exception cref="ArgumentException">One line: name, value, what is allowed.</exception>
    public void Check()
    {
        foreach (PropertyInfo property in Properties)
        {
            CompactQuantityAttribute quantity = Quantity(property);
            double value = (double)property.GetValue(this)!;
            if (!double.IsFinite(value) || (!quantity.AnySign && value <= 0))
                throw new ArgumentException(
                    $"Compact parameter {quantity.Symbol} ({property.Name}) is {value:g6} {quantity.Unit}; it must be "
                        + $"finite{(quantity.AnySign ? "" : " and positive")}.");
        }
        if (TransferCoefficient > 1 || GateTransferCoefficient > 1 || RestCoverage >= 1 || BackgroundShare is < 0 or >= 1)
            throw new ArgumentException(
                $"Compact parameters AL = {TransferCoefficient:g6}, AG = {GateTransferCoefficient:g6}, TH0 = {RestCoverage:g6}, BG = "
                    + $"{BackgroundShare:g6} must lie between 0 and 1.");
    }

    private static PropertyInfo Property(string name) => Properties.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException(
            $"The compact model has no parameter '{name}'; it has {string.Join(", ", Properties.Select(p => p.Name))}.");
}

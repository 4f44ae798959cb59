using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Cases.Studies;

/// <summary>Capacitance, depletion width and conductance of WO3 over the gate's voltage, with protons that
/// stand still: faster than anything hops.</summary>
internal sealed class Depletion : IStudy
{
    private const double Ramp = 1e-9;

    private readonly CaseDefinition _case;
    private readonly IReadOnlyList<double> _voltages;

    private Depletion(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        _voltages = [.. table.Numbers("voltages", "V", Bounds.Any).Order()];
        if (!definition.Device.Wo3.SpaceCharge)
            throw new InputException(definition.SourceName, 0, "wo3.space_charge", "false", "depletion needs true");
        if (_voltages.Count < 3)
            throw table.Error("voltages", "must hold at least three values");
        if (definition.CrossSection is not null)
            throw new InputException(definition.SourceName, 0, "cross_section", "", "depletion is of a 1-D stack; leave the table out");
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new Depletion(definition, table);

    public StudyAnswer Run(StudyContext context)
    {
        IReadOnlyDictionary<string, double> found = context.Compute(_case, [new StudyPoint("voltages", () => Sweep(context.Cancel))])[0];
        double[] Column(string name) => [.. Enumerable.Range(0, _voltages.Count).Select(k => found[$"{name}{k}"])];
        double[] surface = Column("surface"), displacement = Column("displacement"), charge = Column("charge"),
            conductance = Column("conductance");
        double area = _case.Device.Geometry.Area, density = ElectronStatistics.RestDensity(_case.Device),
            thermal = ThermalVoltage(_case.Device.Heat.AmbientTemperature);
        double eps = _case.Device.Wo3.Permittivity * VacuumPermittivity, donors = ElementaryCharge * density;
        var table = new Table(
        [
            new("gate_voltage", "V", "potential of the gate"),
            new("surface_potential", "V", "electrostatic potential at the face of WO3"),
            new("displacement", "C/m^2", "displacement into WO3, the image charge with opposite sign"),
            new("depletion_width", "m", "width of film that the image charge takes of its donors; negative where it brings electrons"),
            new("film_capacitance", "F/m^2", "dD/dphi_s of the film, between this voltage and the one before"),
            new("gate_capacitance", "F/m^2", "dQ/dV of the gate, between this voltage and the one before"),
            new("conductance", "S", "conductance of the channel"),
        ]);
        double[] film = new double[surface.Length], gate = new double[surface.Length];
        for (int k = 0; k < surface.Length; k++)
        {
            int before = Math.Max(0, k - 1), after = Math.Max(1, k);
            film[k] = (displacement[after] - displacement[before]) / (surface[after] - surface[before]);
            gate[k] = (charge[after] - charge[before]) / (_voltages[after] - _voltages[before]) / area;
            table.Append([_voltages[k], surface[k], displacement[k], -displacement[k] / donors, film[k], gate[k], conductance[k]]);
        }
        var answer = new StudyAnswer { Points = table };
        // Where the layer is wide against its edge, and ends within the film.
        int[] depleted = [.. Enumerable.Range(1, surface.Length - 1)
            .Where(k => surface[k] < -5 * thermal && -displacement[k - 1] / donors < 0.9 * _case.Device.Wo3.Thickness)];
        double[] middle = [.. depleted.Select(k => -(surface[k] + surface[k - 1]) / 2)],
            inverse = [.. depleted.Select(k => 1 / (film[k] * film[k]))];
        if (depleted.Length >= 2)
        {
            double slope = (inverse[0] - inverse[^1]) / (middle[0] - middle[^1]), read = 2 / (eps * ElementaryCharge * slope);
            answer.Judge("density", "electrons by the slope of 1/C^2", read, "m^-3", $"{read:e3} m^-3", $"{density:e3} m^-3 put in; 2 %",
                (0.98 * density, 1.02 * density));
            double width = -displacement[depleted[0]] / donors, expected = Math.Sqrt(2 * eps * (-surface[depleted[0]] - thermal) / donors);
            answer.Judge("width", $"depleted at {_voltages[depleted[0]]:g3} V", width, "m", $"{width * 1e9:f2} nm",
                $"{expected * 1e9:f2} nm of a Schottky contact; 2 %", (0.98 * expected, 1.02 * expected));
        }
        answer.Add("conductance_ratio", $"conductance at {_voltages[0]:g3} V over that at {_voltages[^1]:g3} V",
            conductance[0] / conductance[^1], "1", $"{conductance[0] / conductance[^1]:g3}");
        answer.Add("charge_held", "charge of the electrons at rest", donors * _case.Device.Wo3.Thickness, "C/m^2",
            $"{donors * _case.Device.Wo3.Thickness:g3} C/m^2",
            $"{-displacement[0]:g3} C/m^2 asked for at {_voltages[0]:g3} V");
        answer.Plots.Add(Figure(table, middle, inverse, 2 / (eps * donors), thermal));
        return answer;
    }

    private Dictionary<string, double> Sweep(CancellationToken cancel)
    {
        Device d = _case.Device;
        Device still = d with
        {
            Psg = d.Psg with { ActivationEnergy = 3 },
            Pd = d.Pd with { ExchangeCurrentDensity = 1e-30 },
            Interface = d.Interface with { ExchangeCurrentDensity = 1e-30, AbsorptionRate = 1e-30 },
            Wo3 = d.Wo3 with { Diffusivity = 1e-40, DiffusionLaw = DiffusionLaw.Fick },
        };
        var device = new DeviceSimulation(still, _case.MeshFor(), _case.Solver);
        var readout = new ChannelReadout(device);
        var layer = SternLayer<Scalar>.Of(Pack.One(still), still);
        int face = device.Layout.Potential + device.Layout.PsgNodes.Length - 1, film = device.Layout.FilmPotential;
        Dictionary<string, double> numbers = [];
        for (int k = 0; k < _voltages.Count; k++)
        {
            cancel.ThrowIfCancellationRequested();
            device.Segment(DriveMode.Voltage, device.GateVoltage, _voltages[k], Ramp);
            numbers[$"surface{k}"] = device.State[film];
            numbers[$"displacement{k}"] = layer.Displacement(device.State[face] - device.State[film]);
            numbers[$"charge{k}"] = device.GateCharge;
            numbers[$"conductance{k}"] = readout.Conductance;
        }
        return numbers;
    }

    private static FigureSpec Figure(Table points, double[] middle, double[] inverse, double slope, double thermal)
    {
        PanelSpec Panel(string column, string label, string unit, double factor) => new()
        {
            X = new("gate voltage", "V"),
            Y = new(label, unit),
            Curves = [new() { Style = CurveStyle.MarkersAndLine, X = [.. points["gate_voltage"]],
                Y = [.. points[column].Select(v => factor * v)] }],
        };
        return new()
        {
            Name = "depletion",
            Title = "WO3 under a gate, protons standing still",
            Columns = 2,
            Panels =
            [
                Panel("depletion_width", "depletion width", "nm", 1e9),
                Panel("gate_capacitance", "gate capacitance", "mF/m²", 1e3),
                new()
                {
                    X = new("minus surface potential", "V"),
                    Y = new("1/C² of the film", "m⁴/F²"),
                    Curves =
                    [
                        new() { Label = "this model", Style = CurveStyle.Markers, X = middle, Y = inverse },
                        new() { Label = "Schottky contact", X = middle, Y = [.. middle.Select(phi => slope * (phi - thermal))] },
                    ],
                },
                Panel("conductance", "conductance", "nS", 1e9),
            ],
            Note = "Faster than anything hops: the charge that the gate asks for is all electrons'.",
        };
    }
}

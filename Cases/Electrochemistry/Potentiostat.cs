using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>A potentiostat with the device connected: an ideal voltage source at the gate, and instruments.</summary>
public sealed class Potentiostat
{
    private const double ReferenceField = 1e9, ReferenceTime = 1e-6;
    private readonly CaseDefinition _case;
    private readonly Linearisation _linearisation;
    private readonly ChannelReadout _readout;

    /// <summary>The device of a case, at rest or in the final state of a result.</summary>
    /// <param name="definition">The case; its protocol is not used.</param>
    /// <param name="from">Result whose final state is taken, or null for rest.</param>
    /// <exception cref="InputException">The mesh cannot be built.</exception>
    /// <exception cref="OutputException">The result cannot be read or does not fit.</exception>
    public Potentiostat(CaseDefinition definition, string? from = null)
    {
        Result? start = from is null ? null : ResultFile.Read(from);
        _case = start is null ? definition : CaseRun.OnMeshOf(start, definition, from!);
        SparsityPattern? pattern = null;
        try
        {
            Device = new(definition.Device, DeviceStack.Mesh(definition.Device, _case.MeshFor(Reference(definition.Device))),
                definition.Solver, p =>
            {
                pattern = p;
                return new BlockTridiagonal<Scalar>(p);
            });
        }
        catch (MeshException e)
        {
            throw new InputException(definition.SourceName, 0, "mesh", "", e.Message);
        }
        if (start is not null)
            RunCheckpoint.Restore(
                start.Checkpoint ?? throw new OutputException(from!, "holds no final state to start from"), from!, Device);
        // The pattern is known once the equations are put together.
        DeviceSystem<Scalar> system = Device.System;
        _linearisation = new(system, Device.Device, pattern!);
        _readout = new(Device);
        Inventory = new(Device);
    }

    /// <summary>What an automatic mesh must resolve: 1 V/nm held for a microsecond, either way.</summary>
    private static Hold[] Reference(Device device)
    {
        double drive = ReferenceField * device.Psg.Thickness, rest = device.Gate.RestVoltage;
        return [new(rest + drive, ReferenceTime), new(rest - drive, ReferenceTime)];
    }

    /// <summary>The device in time.</summary>
    public DeviceSimulation Device { get; }

    /// <summary>Its stores of hydrogen.</summary>
    public Inventory Inventory { get; }

    /// <summary>Conductance of the channel [S].</summary>
    public double Conductance => _readout.Conductance;

    /// <summary>Coverage of adsorbed hydrogen, mean over the interface.</summary>
    public double Coverage
    {
        get
        {
            UnknownLayout u = Device.Layout;
            return Enumerable.Range(0, u.ChannelInterfaces.Length).Average(k => Device.State[u.Coverage + k].Value);
        }
    }

    /// <summary>Current into the gate now, with the clamped voltage changing at a rate [V/s]: exact, no difference of states.</summary>
    public GateCurrent Current(double slope = 0) => _linearisation.Current(Device.State, slope);

    /// <summary>Impedance of the gate [ohm] about the present state, clamped.</summary>
    public System.Numerics.Complex[] Impedance(IReadOnlyList<double> frequencies) => _linearisation.Impedance(Device.State, frequencies);

    /// <summary>How fast the present state changes while it is clamped [1/s]: relative, the fastest unknown.</summary>
    public double Drift => _linearisation.Drift(Device.State);

    /// <summary>Changes the voltage of the source linearly from the present gate voltage.</summary>
    /// <exception cref="RunFailure">The integration failed.</exception>
    public void Ramp(double voltage, double duration)
    {
        try
        {
            Device.Segment(DriveMode.Voltage, Device.GateVoltage, voltage, duration);
        }
        catch (NumericalException e)
        {
            throw new RunFailure($"{_case.SourceName}: at {Device.GateVoltage:g6} V, {Device.Time:g6} s: {e.Message}; "
                + $"worst unknown: {Device.Layout.Describe(e.Unknown)}", e);
        }
    }

    /// <summary>Holds the present voltage for a time [s].</summary>
    /// <exception cref="RunFailure">The integration failed.</exception>
    public void Hold(double duration) => Ramp(Device.GateVoltage, duration);

    /// <summary>Words about a state that the model was not made for.</summary>
    public IEnumerable<string> Doubts()
    {
        UnknownLayout u = Device.Layout;
        double surface = u.ChannelInterfaces.Max(f => Device.State[u.Hydrogen + u.Local[f.Second]].Value) / Device.Device.Wo3.SiteDensity;
        if (surface > 0.5)
            yield return $"composition: y = {surface:g4} at the surface is outside the range of HxWO3, about 0.5";
        if (Coverage > 0.9)
            yield return $"coverage: {Coverage:g4} is near its bound of 1";
        GateMetal pd = Device.Device.Pd;
        double left = 1 - Inventory.Given / (pd.AtomDensity * pd.Thickness * Device.Device.Geometry.Area * pd.HydrogenFraction);
        if (pd.FiniteReservoir && left < 0.02)
            yield return $"reservoir: {100 * left:g2} % of the hydrogen of Pd is left";
        if (Device.Device.Gate.SeriesResistance > 0)
            yield return "the source is ideal here: the series resistance is left out of the drive";
    }

    /// <summary>A result with the present state as its last, from which other runs may start.</summary>
    /// <param name="title">Title.</param>
    /// <param name="commandLine">Command line.</param>
    /// <param name="series">What was measured over time.</param>
    /// <param name="figures">Single numbers.</param>
    /// <param name="plots">Pictures.</param>
    public Result Collect(
        string title, string commandLine, Table series, IEnumerable<KeyValuePair<string, Figure>> figures, IReadOnlyList<FigureSpec> plots)
    {
        var recorder = new RunRecorder(Device, _case.Output, new()
        {
            Series = series,
            Pulses = new(PulseTable.Columns),
            Profiles = new(),
        });
        foreach ((string name, Figure figure) in figures)
            recorder.Record.Figures[name] = figure;
        recorder.Record.Warnings.AddRange([.. _case.Notes, .. Doubts()]);
        return new()
        {
            Header = CaseRun.Header(_case, commandLine) with { Title = title },
            Record = recorder.Record,
            Parameters = [.. _case.Parameters.Select(CaseRun.Store)],
            Plots = plots,
            Checkpoint = RunCheckpoint.Take(Device, new ProtocolRunner(Device, [], recorder), recorder, Device.Statistics.Steps,
                RunPlace.Of(Device)),
        };
    }
}

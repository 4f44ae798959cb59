using System.Globalization;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Runs;

/// <summary>The figures of a run that matter, beside the paper's, and what is physically doubtful about it.</summary>
public sealed class RunSummary
{
    /// <summary>Name of the figure of the largest field in the film.</summary>
    public const string LargestField = "largest_field";

    // A double has 16 digits.
    private const double SmallestCondition = 1e-15;

    /// <summary>Conductance over that of the start below which a channel is drained.</summary>
    private const double Drained = 1e-2;

    private readonly CaseDefinition _case;
    private readonly CaseRun _run;
    private readonly List<FigureRow> _rows = [];
    private readonly List<string> _warnings = [];
    private readonly PaperConditions _paper;

    /// <summary>Works the figures out.</summary>
    public RunSummary(CaseDefinition definition, CaseRun run)
    {
        (_case, _run) = (definition, run);
        _paper = new(definition, Pulses);
        AddConductance();
        AddCell();
        AddEnergies();
        AddBalances();
        AddMap();
        AddGas();
        AddMesh();
        AddCondition();
        Warn();
    }

    /// <summary>Figures, in the order of the table.</summary>
    public IReadOnlyList<FigureRow> Rows => _rows;

    /// <summary>Stores figures and warnings in a record.</summary>
    public void AddTo(RunRecord record)
    {
        foreach (FigureRow row in _rows)
            record.Figures[row.Name] = row.Figure;
        record.Warnings.AddRange(_case.Notes);
        record.Warnings.AddRange(_warnings);
    }

    private Table Pulses => _run.Recorder.Record.Pulses;

    private void AddConductance()
    {
        IReadOnlyList<double> before = Pulses["conductance_before"], after = Pulses["conductance_after"];
        if (Pulses.Count == 0)
        {
            double g = _run.Recorder.Readout.Conductance;
            AddCalibrated("conductance", "conductance", g, "S", $"{g * 1e9:g5} nS", "11.4 nS at base", _paper.IsDevice);
            return;
        }
        double start = before[0], end = after[^1], lowest = Math.Min(start, after.Min()), highest = Math.Max(start, after.Max());
        AddCalibrated("base_resistance", "resistance at the start", 1 / start, "ohm", $"{1e-6 / start:g4} Mohm", "88 Mohm",
            _paper.IsDevice);
        // The way up from the lowest value before the highest: what comes after is the return.
        int top = after.Index().MaxBy(p => p.Item).Index;
        double bottom = Math.Min(start, after.Take(top + 1).Min());
        AddCalibrated("range", "range of conductance on the way up", highest / bottom, "1", $"{highest / bottom:g4} x", "20 x",
            _paper.IsTrainUp);
        StepSymmetry symmetry = StepSymmetry.Of(Pulses);
        if (symmetry.UpCount > 1)
            AddCalibrated("step_variation", "largest over smallest step up", symmetry.UpRatio, "1", $"{symmetry.UpRatio:g4}", "near linear",
                _paper.IsTrainUp);
        if (symmetry.UpCount > 0)
            Add("step_first", "first step up", symmetry.FirstUp, "S", $"{symmetry.FirstUp * 1e12:g6} pS", "");
        if (symmetry.UpCount > 0 && _case.Protocol[0] is PulseTrain first
            && FlatFilm.Step(_case, first.Amplitudes[0], first.Widths[0], first.Rest) is > 0 and double flat)
            Add("step_flat", "first step of the same films in 1-D, without edges", flat, "S", $"{flat * 1e12:g4} pS", "");
        if (symmetry.UpCount > 1 && symmetry.DownCount > 1)
        {
            AddCalibrated("asymmetry", "up against down steps at equal conductance, worst", symmetry.Asymmetry, "1",
                Percent(symmetry.Asymmetry), "symmetric", _paper.IsTrain);
            double left = (end - start) / (highest - lowest);
            AddCalibrated("return_error", "left of the range at the end", left, "1", Percent(left), "returns", _paper.IsTrain);
        }
    }

    private void AddCell()
    {
        Device device = _case.Device;
        double emf = CellVoltage.Emf(device), offset = device.Hypotheses.CellOffset;
        Add("cell_emf", "electromotive force of the cell, U_Pd - U_W(y_ref)", emf, "V", $"{emf:f4} V", "", FigureKind.Input);
        Add("cell_offset", "offset V_cell, a hypothesis of unknown origin", offset, "V", $"{offset:f4} V", "", FigureKind.Input);
        Add("rest_voltage", "gate voltage at rest, their sum", device.Gate.RestVoltage, "V", $"{device.Gate.RestVoltage:f4} V",
            "0.75 V if +10 V and -8.5 V oppose", FigureKind.Input);
    }

    private void AddEnergies()
    {
        IReadOnlyList<double> amplitude = Pulses["amplitude"];
        int[] up = [.. Enumerable.Range(0, Pulses.Count).Where(i => amplitude[i] > _case.Device.Gate.RestVoltage)];
        if (up.Length == 0)
            return;
        double Mean(string column) => up.Average(i => Pulses[column][i]);
        double protons = Mean("protons_from_pd"), proton = Mean("energy_proton"), capacitive = Mean("energy_total") - proton;
        AddCalibrated("protons_per_pulse", "protons given by Pd per pulse up, mean", protons, "1", $"{protons:g4}", "9.4 (from 15 aJ)",
            _paper.HasPulsesUp);
        if (protons > 0)
        {
            // The continuum is a mean; what single protons and the opening of the gate add is known in closed form.
            Device device = _case.Device;
            double temperature = device.Heat.AmbientTemperature;
            double pulse = up.Average(i => Math.Abs(Pulses["protons_from_pd"][i])
                * FilmNoise.Fano(device.Psg, amplitude[i] - device.Gate.RestVoltage, temperature));
            double reset = FilmNoise.Reset(device.Psg, device.Geometry.Area, temperature);
            double scatter = double.Hypot(Math.Sqrt(pulse), reset) / protons;
            Add("step_scatter", "scatter of a step up: independent hops, kT C when the gate opens", scatter, "1",
                $"{Percent(scatter)} of a step ({Percent(Math.Sqrt(pulse) / protons)} pulse, {Percent(reset / protons)} reset)", "");
        }
        AddCalibrated("energy_proton", "proton energy per pulse up, mean", proton, "J", $"{proton * 1e18:g4} aJ", "15 aJ",
            _paper.HasPulsesUp);
        Add("energy_capacitive", "C V^2 per pulse up, mean", capacitive, "J", $"{capacitive * 1e15:g4} fJ",
            _paper.HasPulsesUp ? "2.5 fJ" : "",
            _paper.HasPulsesUp ? FigureKind.Input : FigureKind.Follows);
        double bulk = BulkCurrent.Density(
            _case.Device, _case.Device.Psg.HopLaw, (10 - _case.Device.Gate.RestVoltage) / 10e-9, _case.Device.Heat.ReferenceTemperature);
        Add("bulk_current_density", "bulk law of hopping at +10 V on 10 nm", bulk, "A/m^2", $"{bulk:g4} A/m^2", "", FigureKind.Input);
    }

    private void AddBalances()
    {
        var balance = RunBalance.Of(_run.Recorder);
        string relative = balance.IsAbsolute ? "in atoms, since less than one was transferred" : "over what was transferred";
        Add("proton_imbalance", $"proton balance {relative}", balance.Protons, "1", $"{balance.Protons:g2}", "0");
        Add("charge_imbalance", $"charge balance {relative}", balance.Charge, "1", $"{balance.Charge:g2}", "0");
        if (balance.IsDoubtful)
            _warnings.Add($"balance: {balance.Words} are missing; try another solver.linear_solver or a tighter solver.relative_tolerance");
        DeviceSimulation device = _run.Device;
        if (device.QuadratureLayout.Heat >= 0)
        {
            double work = device.Quadratures[QuadratureLayout.Work], heat = device.Quadratures[device.QuadratureLayout.Heat];
            double chemical = device.Quadratures[device.QuadratureLayout.Chemical];
            double field = device.System.FieldEnergy(device.State).Value - device.InitialFieldEnergy;
            double scale = Math.Abs(work) + Math.Abs(heat) + Math.Abs(chemical) + Math.Abs(field);
            double imbalance = scale > 0 ? (work - heat - chemical - field) / scale : 0;
            Add("energy_imbalance", "first law: work - heat - field - chemical, relative", imbalance, "1", $"{imbalance:g2}", "0");
        }
        if (device.Layout.Temperature >= 0)
        {
            double rise = _run.Recorder.Extremes.TemperatureRise;
            Add("temperature_rise", "highest rise of temperature in a pulse", rise, "K", $"{rise:g3} K",
                _paper.HasPulsesUp ? "about 2 K" : "");
        }
        Add("unknowns", $"unknowns; linear systems by {device.System.Solver.Name}", device.System.Size, "1", $"{device.System.Size}", "");
        Add("time_steps", "time steps", _run.Steps, "1",
            Pulses.Count > 0 ? $"{_run.Steps} ({(double)_run.Steps / Pulses.Count:g3} a pulse)" : $"{_run.Steps}", "");
    }

    private void AddMap()
    {
        if (_run.Mapped is not { } mapped)
            return;
        Add("mapped_pulses", "pulses mapped", mapped.Mapped, "1", $"{mapped.Mapped}", "");
        Add("direct_pulses", "pulses computed, in the run and for the map", mapped.DirectPulses, "1",
            $"{mapped.DirectPulses}, {mapped.Computed} of them in the run", "");
        if (mapped.Mapped > 0)
        {
            IReadOnlyList<double> bound = Pulses["bound"], origin = Pulses["origin"];
            double step = bound.Where((_, i) => origin[i] == 1).DefaultIfEmpty(0).Max() / Pulses["conductance_step"].Max(Math.Abs);
            double after = Pulses["bound_after"][^1] / Pulses["conductance_after"][^1];
            Add("map_bound", "largest bound on the error of a mapped step, over the largest step", step, "1", $"{step:g2}", "");
            Add("map_bound_end", "bound on the error of the conductance at the end, relative", after, "1", $"{after:g2}", "");
        }
        foreach (string refusal in mapped.Map.Refusals)
            _warnings.Add($"pulse map: pulses are computed one by one: {refusal}");
    }

    private void AddGas()
    {
        RunExtremes extremes = _run.Recorder.Extremes;
        if (!double.IsFinite(extremes.LogFugacity))
            return;
        Add("log_fugacity", "largest ln f of hydrogen, f in bar", extremes.LogFugacity, "1", $"{extremes.LogFugacity:g4}",
            "7.5 at 100 MPa");
        if (!_case.Device.Gas.Enabled)
            return;
        HydrogenGas gas = _case.Device.Gas;
        double fugacity = extremes.Dissolved / gas.HenryConstant, barrier = _run.Recorder.Gas.Barrier(extremes.Dissolved),
            hazard = _run.Device.Nucleation.Hazard;
        Add("dissolved_fugacity", "largest fugacity of dissolved hydrogen, bar", fugacity, "1", $"{fugacity:g3} bar", "");
        Add("nucleation_barrier", "barrier of a critical nucleus at it, over kT", barrier, "1",
            double.IsFinite(barrier) ? $"{barrier:g4}" : "infinite", "");
        Add("nucleation_hazard", "expected number of nuclei on the device", hazard, "1", $"{hazard:g3}", "");
        Add("bubble_pulse", "first pulse with a bubble", extremes.BubblePulse, "1",
            extremes.BubblePulse < 0 ? "none" : $"{extremes.BubblePulse}", "");
        Add("uphill", "molecules that went up a gradient of fugacity", extremes.Uphill, "1", $"{extremes.Uphill:g3}", "");
        Add("damage_pulse", "first pulse with damage", extremes.DamagePulse, "1",
            extremes.DamagePulse < 0 ? "none" : $"{extremes.DamagePulse}", "");
        if (_case.Device.Hypotheses.RemoteHeyrovsky)
            _warnings.Add("hypothesis remote_heyrovsky is on: a step whose proton is not thermalised on its last hop");
        if (extremes.DamagePulse >= 0)
            _warnings.Add(
                $"damage: a bubble beyond {gas.DamageRadius * 1e9:g3} nm at pulse {extremes.DamagePulse}, {extremes.DamageTime:g6} s");
    }

    private void AddMesh()
    {
        if (_run.Device.Mesh.Dimension == 1)
            return;
        double lift = _run.Recorder.Extremes.ElectronLift;
        if (_run.Device.Layout.Electron >= 0)
            Add("electron_lift", "largest potential of electrons in the channel", lift, "V", $"{lift:g3} V", "");
        MeshQuality quality = MeshQuality.Of(_run.Device.Mesh);
        Add("mesh_nodes", "mesh nodes", quality.Nodes, "1", $"{quality.Nodes}", "");
        Add("mesh_growth", "largest ratio of neighbouring cells", quality.WorstGrowth, "1", $"{quality.WorstGrowth:g3}", "");
        Add("mesh_aspect", "worst aspect of a triangle", quality.WorstAspect, "1", $"{quality.WorstAspect:g3}", "");
        Add("mesh_angle", "smallest angle of a triangle, degrees", quality.SmallestAngle, "1", $"{quality.SmallestAngle:g3}", "");
    }

    private void Warn()
    {
        RunExtremes extremes = _run.Recorder.Extremes;
        Device device = _case.Device;
        Add(LargestField, "largest field in PSG at a corner", extremes.Field, "V/m", $"{extremes.Field / 1e9:g4} V/nm",
            _paper.HasPulsesUp ? "about 1 V/nm" : "");
        if (extremes.Field > device.Psg.BreakdownField)
            _warnings.Add($"field: {extremes.Field / 1e9:g4} V/nm is above breakdown at {device.Psg.BreakdownField / 1e9:g3} V/nm");
        if (device.Psg.HopLaw == HopLaw.GaussianDisorder && extremes.Field > device.Psg.DisorderFieldLimit)
            _warnings.Add(
                $"hop law: {extremes.Field / 1e9:g4} V/nm is above the range of the disorder law, "
                    + $"{device.Psg.DisorderFieldLimit / 1e9:g3} V/nm");
        if (Pulses.Count > 0 && Pulses["conductance_before"][0] is var start
            && Pulses["conductance_after"].Count(g => g < Drained * start) is > 0 and int drained)
            _warnings.Add(
                $"conductance: {drained} of {Pulses.Count} pulses end below {Drained:g1} of the start, in a film without carriers; the "
                    + "pulses down take out more than those up put in");
        if (extremes.ImageRatio > 1)
            _warnings.Add(
                $"image charge: the field asked for {extremes.ImageRatio:g3} times the electrons that the film holds; below 0 V it is "
                    + "drained, and a neutral film is no longer a good model");
        if (extremes.Coverage > 0.9)
            _warnings.Add($"coverage: {extremes.Coverage:g4} is near its bound of 1");
        if (extremes.Composition > 0.5)
            _warnings.Add($"composition: y = {extremes.Composition:g4} at the surface is outside the range of HxWO3, about 0.5");
    }

    /// <summary>Condition of the last linear system, with the unknown to blame where hardly a digit is left.</summary>
    private void AddCondition()
    {
        if (_run.Device.System.Solver is not ScalarSolver { Inner: IConditionEstimate estimate })
            return;
        double condition = estimate.ReciprocalCondition;
        Add("reciprocal_condition", "smallest over largest pivot of the last linear system", condition, "1", $"{condition:g2}", "");
        if (condition < SmallestCondition)
            _warnings.Add(
                $"linear system: ill-conditioned, smallest over largest pivot {condition:g2}; weakest unknown: "
                    + $"{_run.Device.Layout.Describe(estimate.WeakestUnknown())}");
    }

    private static string Percent(double x) => (100 * x).ToString("g3", CultureInfo.InvariantCulture) + " %";

    /// <summary>A figure to which parameters were calibrated under the paper's conditions; under others it
    /// follows and the paper says nothing.</summary>
    private void AddCalibrated(string name, string label, double value, string unit, string text, string paper, bool asPublished) =>
        Add(name, label, value, unit, text, asPublished ? paper : "", asPublished ? FigureKind.Calibrated : FigureKind.Follows);

    private void Add(
        string name, string label, double value, string unit, string text, string paper, FigureKind kind = FigureKind.Follows) =>
        _rows.Add(new(name, new(value, unit, label) { Kind = kind }, text, paper));
}

using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>A voltage that goes to and fro at a rate, as a line or in steps.</summary>
public sealed record VoltageProgram
{
    /// <summary>First vertex [V].</summary>
    public required double High { get; init; }

    /// <summary>Second vertex [V].</summary>
    public required double Low { get; init; }

    /// <summary>Scan rate [V/s], positive.</summary>
    public required double Rate { get; init; }

    /// <summary>Height of a step of a staircase [V]; 0 for a linear sweep.</summary>
    public double Step { get; init; }

    /// <summary>Times that both vertices are visited.</summary>
    public int Cycles { get; init; } = 1;

    /// <summary>Points on the longer way between the vertices of a linear sweep.</summary>
    public int Points { get; init; } = 200;

    /// <summary>Throws when the numbers do not describe a program.</summary>
    /// <exception cref="ArgumentException">One line: what, value, what is allowed.</exception>
    public void Check()
    {
        if (!(High > Low))
            throw new ArgumentException($"the high vertex, {High:g6} V, must be above the low one, {Low:g6} V");
        if (!(Rate > 0))
            throw new ArgumentException($"the scan rate is {Rate:g6} V/s; it must be greater than 0");
        if (!(Step >= 0 && Step < High - Low))
            throw new ArgumentException($"the step is {Step:g6} V; it must be less than the {High - Low:g6} V between the vertices");
        if (Cycles < 1)
            throw new ArgumentException($"the number of cycles is {Cycles}; it must be at least 1");
        if (Points < 2)
            throw new ArgumentException($"the number of points is {Points}; it must be at least 2");
    }
}

/// <summary>Cyclic voltammetry of the gate: from the present voltage to the high vertex, the low one, and back.</summary>
public static class Voltammetry
{
    /// <summary>Columns of what is measured.</summary>
    public static readonly Column[] Columns =
    [
        new("time", "s", "time since the start"),
        new("gate_voltage", "V", "potential of the gate"),
        new("gate_current", "A", "current into the gate; in a staircase at the end of the step"),
        new("current_faradaic", "A", "part of it that is protons given by Pd"),
        new("current_capacitive", "A", "part of it that charges the metal"),
        new("charge", "C", "charge driven into the gate since the start"),
        new("conductance", "S", "conductance of the channel"),
        new("composition", "1", "mean composition of WO3"),
        new("cycle", "1", "number of the cycle, from 0"),
    ];

    /// <summary>Runs a program.</summary>
    /// <param name="potentiostat">The device; it is left at the start voltage.</param>
    /// <param name="program">What is done.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArgumentException">The program contradicts itself.</exception>
    public static Table Run(Potentiostat potentiostat, VoltageProgram program, CancellationToken cancel = default)
    {
        program.Check();
        var table = new Table(Columns);
        double start = potentiostat.Device.GateVoltage, from = start, began = potentiostat.Device.Time;
        double metal = potentiostat.Device.GateCharge, given = potentiostat.Inventory.Given;
        double edge = potentiostat.Device.Device.Gate.EdgeTime;
        double spacing = program.Step > 0 ? program.Step : (program.High - program.Low) / program.Points;
        bool isStaircase = program.Step > 0;

        void Measure(double slope, int cycle)
        {
            GateCurrent current = potentiostat.Current(slope);
            table.Append([
                potentiostat.Device.Time - began, potentiostat.Device.GateVoltage, current.Total, current.Faradaic, current.Capacitive,
                potentiostat.Device.GateCharge - metal + Materials.Constants.ElementaryCharge * (potentiostat.Inventory.Given - given),
                potentiostat.Conductance, potentiostat.Inventory.Composition, cycle]);
        }

        Measure(0, 0);
        for (int cycle = 0; cycle < program.Cycles; cycle++)
        {
            double[] way = cycle == program.Cycles - 1 ? [program.High, program.Low, start] : [program.High, program.Low];
            foreach (double to in way)
            {
                int steps = (int)Math.Ceiling(Math.Abs(to - from) / spacing - 1e-9);
                for (int k = 1; k <= steps; k++)
                {
                    cancel.ThrowIfCancellationRequested();
                    // A staircase keeps its step and ends on a shorter one; a sweep divides the way evenly.
                    double voltage = k == steps ? to : isStaircase ? from + Math.Sign(to - from) * k * spacing
                        : from + (to - from) * k / steps;
                    double duration = Math.Abs(voltage - potentiostat.Device.GateVoltage) / program.Rate;
                    if (isStaircase)
                    {
                        double ramp = Math.Min(edge, 0.1 * duration);
                        potentiostat.Ramp(voltage, ramp);
                        potentiostat.Hold(duration - ramp);
                        Measure(0, cycle);
                    }
                    else
                    {
                        potentiostat.Ramp(voltage, duration);
                        Measure(Math.Sign(to - from) * program.Rate, cycle);
                    }
                }
                from = to;
            }
        }
        return table;
    }
}

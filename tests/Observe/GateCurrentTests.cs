using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using Xunit;

namespace FvSolver.Tests.Observe;

/// <summary>The current in <c>/series</c> is the one whose integral is the charge in <c>/pulses</c>.</summary>
public class GateCurrentTests
{
    public static TheoryData<string> Cases => [.. CaseLibrary.Names.Where(name => CaseReader.Read(name).Study is null)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_trapezoid_over_a_pulse_is_the_charge_of_the_pulse(string name)
    {
        CaseDefinition definition = CaseReader.Read(name);
        // Mapped pulses have no current over time: the same pulses are computed.
        if (definition.Output.SeriesPulses == 0)
            definition = CaseReader.Read(name, ["solver.pulse_map=never", "output.pulses_every=1", "output.series_pulses=1"]);
        var run = CaseRun.Start(definition, "", "");
        // The first pulses, a pulse of which only start and end are recorded among them where that is quick.
        int wanted = definition.CrossSection is null
            ? Math.Max(definition.Output.SeriesPulses + 1, Math.Min(definition.Output.SeriesEvery + 1, 1001)) : 1;
        foreach (DriveRequest request in run.Requests())
        {
            request.Run();
            if (run.Pulses >= wanted)
                break;
        }
        Table pulses = run.Recorder.Record.Pulses, series = run.Recorder.Record.Series;
        IReadOnlyList<double> time = series["time"], current = series["gate_current"], start = pulses["start"],
            charge = pulses["gate_charge"];
        Assert.True(time.Zip(time.Skip(1)).All(t => t.Second >= t.First), "time goes back");
        Assert.True(pulses.Count > 0 || definition.Protocol.All(step => step is not PulseTrain));
        int seen = 0;
        for (int p = 0; p < pulses.Count; p++)
        {
            double end = start[p] + pulses["width"][p] + definition.Device.Gate.HoldTime, rounding = 4e-16 * end;
            double integral = 0;
            for (int i = 1; i < time.Count; i++)
                if (time[i - 1] >= start[p] - rounding && time[i] <= end + rounding)
                    integral += (time[i] - time[i - 1]) * (current[i] + current[i - 1]) / 2;
            if (integral == 0)
                continue;
            seen++;
            Assert.True(Math.Abs(integral - charge[p]) < 0.01 * Math.Abs(charge[p]),
                $"pulse {p + 1}: {integral:g4} C, {charge[p]:g4} C in /pulses");
        }
        Assert.True(seen > 0 || pulses.Count == 0, "the current of no pulse is recorded");
    }
}

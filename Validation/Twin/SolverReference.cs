using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Twin;

/// <summary>A pulse of the independent reference solver, run by the solver.</summary>
internal sealed class SolverReference(ReferencePulse pulse) : ValidationCase
{
    public override string Id => $"twin.solver-{pulse.Name}";

    public override string Title => $"Solver against an independent solver: {pulse.Words}";

    public override CaseGroup Group => CaseGroup.Twin;

    public override string Equation => pulse.Equation;

    public override string Source => pulse.Source;

    public override bool Quick => pulse.Quick;

    /// <remarks>A longer hop speeds up both ways of a cycle, which then returns all the same: there
    /// the balance of the two is disturbed.</remarks>
    public override Control Control { get; } =
        new(pulse.CountDown > 0 ? "the gate rests 0.05 V lower" : "the hopping distance is 1 % longer");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = pulse.Device();
        if (context.Perturbed && pulse.CountDown > 0)
            device = device with { Gate = device.Gate with { RestVoltage = device.Gate.RestVoltage - 0.05 } };
        else if (context.Perturbed)
            device = device with { Psg = device.Psg with { HopDistance = 1.01 * device.Psg.HopDistance } };
        device = device with { Gate = device.Gate with { EdgeTime = pulse.Edge } };
        bool train = pulse.Count + pulse.CountDown > 1;
        var sample = new VirtualDevice(device, train ? 1e-6 : 1e-8, VirtualDevice.ReferenceMesh(300));
        (DeviceReading end, DeviceReading rest) = (default, default);
        for (int i = 0; i < pulse.Count + pulse.CountDown; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            (end, rest, _) = sample.Pulse(i < pulse.Count ? pulse.Amplitude : pulse.AmplitudeDown, pulse.Width);
        }
        return new(pulse.Compare(end, rest, train ? 5e-3 : 1e-3));
    }
}

using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;

namespace FvSolver.Validation.Bench;

/// <summary>The train of the comparison: pulses up, then as many down, each followed by a rest with the gate open.</summary>
/// <param name="Each">Pulses in each direction.</param>
/// <param name="Down">False for the first half only.</param>
public sealed record ComparisonTrain(int Each, bool Down = true)
{
    /// <summary>Amplitude up [V].</summary>
    public const double UpVoltage = 10;

    /// <summary>Amplitude down [V].</summary>
    public const double DownVoltage = -8.5;

    /// <summary>Width from base to base [s].</summary>
    public const double Width = 5e-9;

    /// <summary>Rise and fall time [s].</summary>
    public const double Edge = 0.5e-9;

    /// <summary>Rest with the gate open after each pulse [s].</summary>
    public const double RestTime = 1;

    /// <summary>All pulses.</summary>
    public int Count => Down ? 2 * Each : Each;

    /// <summary>Runs the train.</summary>
    /// <param name="device">A device.</param>
    /// <param name="increments">Hydrogen that each pulse brings into the channel [1], <see cref="Count"/> long; or null.</param>
    public void Run(DeviceSimulation device, double[]? increments = null)
    {
        foreach (DriveRequest request in Requests(device, increments))
            request.Run();
    }

    /// <summary>The train as requests, for devices that go together.</summary>
    public IEnumerable<DriveRequest> Requests(DeviceSimulation device, double[]? increments = null)
    {
        double before = increments is null ? 0 : device.System.HydrogenInChannel(device.State);
        for (int i = 0; i < Count; i++)
        {
            yield return device.AskPulse(i < Each ? UpVoltage : DownVoltage, Width, Edge);
            yield return device.AskRest(RestTime);
            if (increments is null)
                continue;
            double after = device.System.HydrogenInChannel(device.State);
            increments[i] = after - before;
            before = after;
        }
    }

    /// <summary>Increments of a device that starts at rest.</summary>
    public double[] Increments(DeviceSimulation device)
    {
        var increments = new double[Count];
        Run(device, increments);
        return increments;
    }

    /// <summary>Largest and median relative difference of increments.</summary>
    public static (double Max, double Median) Error(double[] increments, double[] converged)
    {
        double[] errors = [.. increments.Zip(converged, (a, b) => Math.Abs(a / b - 1))];
        return (errors.Max(), Measurement.Median(errors));
    }
}

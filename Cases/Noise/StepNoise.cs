using FvSolver.Materials;
using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.Noise;

/// <summary>Scatter of a write step: it follows from the model, nothing is fitted to it.</summary>
/// <param name="Mean">Mean charge of a pulse through the lead, in protons.</param>
/// <param name="PulseDeviation">Standard deviation of the pulse alone, in protons.</param>
/// <param name="ResetDeviation">Standard deviation that opening the gate adds, in protons.</param>
/// <param name="MeanError">Standard error of the mean.</param>
/// <param name="PulseError">Standard error of the pulse's deviation.</param>
/// <param name="ResetError">Standard error of the reset's deviation.</param>
public sealed record StepNoise(
    double Mean, double PulseDeviation, double ResetDeviation, double MeanError, double PulseError, double ResetError)
{
    /// <summary>Where it comes from, in words.</summary>
    public required string Origin { get; init; }

    /// <summary>Deviation of a step that is frozen: pulse and reset are independent.</summary>
    public double Deviation => double.Hypot(PulseDeviation, ResetDeviation);

    /// <summary>Its standard error.</summary>
    public double Error => double.Hypot(PulseDeviation * PulseError, ResetDeviation * ResetError) / Deviation;

    /// <summary>Deviation over the size of the mean.</summary>
    public double Relative => Deviation / Math.Abs(Mean);

    /// <summary>Its standard error.</summary>
    public double RelativeError => Relative * double.Hypot(Error / Deviation, MeanError / Mean);

    /// <summary>The same of the pulse alone.</summary>
    public double RelativePulse => PulseDeviation / Math.Abs(Mean);

    /// <summary>The same of the reset alone.</summary>
    public double RelativeReset => ResetDeviation / Math.Abs(Mean);

    /// <summary>Simulates pulses of a device, each from equilibrium.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="amplitude">Amplitude [V].</param>
    /// <param name="width">Width from base to base [s].</param>
    /// <param name="edge">Rise and fall time [s].</param>
    /// <param name="hold">Time at the base voltage before the gate opens [s].</param>
    /// <param name="content">Hydrogen in WO3 over that at rest.</param>
    /// <param name="pulses">Pulses.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="NotSupportedException">The device uses a law that has no event.</exception>
    public static StepNoise Of(
        Device device, double amplitude, double width, double edge, double hold, double content = 1, int pulses = 4000, int seed = 1)
    {
        var point = new NoisePoint { Device = device, Amplitude = amplitude, Width = width, Edge = edge, Hold = hold, Content = content };
        return Of(new NoiseRun([point], new() { Pulses = pulses, Seed = seed }).Run()[0]);
    }

    /// <summary>The scatter in statistics that are there.</summary>
    public static StepNoise Of(NoiseStatistics s) => new(
        s.Pulse.Mean, s.Pulse.Deviation, s.Reset.Deviation, s.Pulse.MeanError, s.Pulse.DeviationError, s.Reset.DeviationError)
    {
        Origin = $"{s.Pulse.Count} pulses, proton by proton",
    };

    /// <summary>The closed form of <see cref="FilmNoise"/>, which has no errors.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="amplitude">Amplitude [V].</param>
    /// <param name="mean">Mean charge of a pulse, in protons.</param>
    public static StepNoise ClosedForm(Device device, double amplitude, double mean)
    {
        double temperature = device.Heat.AmbientTemperature;
        double fano = FilmNoise.Fano(device.Psg, amplitude - device.Gate.RestVoltage, temperature);
        double reset = FilmNoise.Reset(device.Psg, device.Geometry.Area, temperature);
        return new(mean, Math.Sqrt(fano * Math.Abs(mean)), reset, 0, 0, 0) { Origin = "closed form: independent hops and kT C" };
    }
}

using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>What of a run is as in Fig. 2A of onen2022: only there does the paper's figure stand beside the computed one.</summary>
internal sealed class PaperConditions
{
    private const int Train = 1000;
    private const double Up = 10, Down = -8.5, Width = 5e-9, Same = 1e-6;

    /// <summary>Looks at the device and at the pulses that were done.</summary>
    public PaperConditions(CaseDefinition definition, Table pulses)
    {
        Device d = definition.Device;
        IsDevice = Is(d.Geometry.Length, 150e-9) && Is(d.Geometry.Width, 50e-9) && Is(d.Psg.Thickness, 10e-9)
            && Is(d.Heat.AmbientTemperature, 300) && definition.CrossSection is null;
        IReadOnlyList<double> amplitude = pulses["amplitude"], width = pulses["width"];
        HasPulsesUp = IsDevice && pulses.Count > 0
            && Enumerable.Range(0, pulses.Count).All(i => Is(width[i], Width) && (amplitude[i] < 0 || Is(amplitude[i], Up)));
        IsTrainUp = HasPulsesUp && pulses.Count >= Train && amplitude.Take(Train).All(v => Is(v, Up));
        IsTrain = IsTrainUp && pulses.Count == 2 * Train && amplitude.Skip(Train).All(v => Is(v, Down));
    }

    /// <summary>The device of Fig. 2, in one dimension.</summary>
    public bool IsDevice { get; }

    /// <summary>That device, and every pulse up is +10 V for 5 ns.</summary>
    public bool HasPulsesUp { get; }

    /// <summary>1000 such pulses up first.</summary>
    public bool IsTrainUp { get; }

    /// <summary>1000 such pulses up and 1000 of -8.5 V down.</summary>
    public bool IsTrain { get; }

    private static bool Is(double value, double published) => Math.Abs(value - published) <= Same * Math.Abs(published);
}

namespace FvSolver.Solver.Observe;

/// <summary>Extremes that a run has seen; part of a checkpoint.</summary>
public sealed class RunExtremes
{
    /// <summary>Largest field in PSG at a corner of a waveform [V/m].</summary>
    public double Field { get; set; }

    /// <summary>Largest ln f (f in bar).</summary>
    public double LogFugacity { get; set; } = double.NegativeInfinity;

    /// <summary>Largest density of dissolved hydrogen at a corner or a read [m^-2].</summary>
    public double Dissolved { get; set; }

    /// <summary>Largest radius of curvature of a bubble at a time step [m]; 0 without bubbles.</summary>
    public double BubbleRadius { get; set; }

    /// <summary>Largest coverage.</summary>
    public double Coverage { get; set; }

    /// <summary>Largest composition of the first plane of WO3.</summary>
    public double Composition { get; set; }

    /// <summary>Largest rise of temperature in a pulse [K].</summary>
    public double TemperatureRise { get; set; }

    /// <summary>Hydrogen moved by Pd, added up without sign: what balances are relative to.</summary>
    public double Transferred { get; set; }

    /// <summary>Number of the pulse in which a bubble nucleated first, or -1.</summary>
    public double BubblePulse { get; set; } = -1;

    /// <summary>Number of the pulse in which there was damage first, or -1.</summary>
    public double DamagePulse { get; set; } = -1;

    /// <summary>Time of that [s], or -1.</summary>
    public double DamageTime { get; set; } = -1;

    /// <summary>Largest displacement into the channel over the charge of its electrons, at a corner; 0 without electrons.</summary>
    public double ImageRatio { get; set; }

    /// <summary>Largest |psi| of the electrons in the channel at a time step [V]; 0 without electrons.</summary>
    public double ElectronLift { get; set; }

    /// <summary>Molecules that went up a gradient of fugacity: 0 by the second law.</summary>
    public double Uphill { get; set; }

    /// <summary>Hydrogen that did not balance at the start, as in the state of another device; losses are counted from there.</summary>
    public double ProtonsBefore { get; set; }

    /// <summary>Charge that did not [C].</summary>
    public double ChargeBefore { get; set; }

    /// <summary>All of them as numbers, for a checkpoint.</summary>
    public double[] Values
    {
        get =>
        [
            Field, LogFugacity, Coverage, Composition, TemperatureRise, Transferred, BubblePulse, DamagePulse, DamageTime, ImageRatio,
            ElectronLift,
            Uphill, Dissolved, BubbleRadius, ProtonsBefore, ChargeBefore,
        ];
        set
        {
            Field = value[0];
            LogFugacity = value[1];
            Coverage = value[2];
            Composition = value[3];
            TemperatureRise = value[4];
            Transferred = value[5];
            BubblePulse = value[6];
            DamagePulse = value[7];
            DamageTime = value[8];
            ImageRatio = value[9];
            ElectronLift = value[10];
            Uphill = value[11];
            Dissolved = value[12];
            BubbleRadius = value[13];
            ProtonsBefore = value[14];
            ChargeBefore = value[15];
        }
    }
}

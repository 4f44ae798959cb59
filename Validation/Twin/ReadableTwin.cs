using FvSolver.Materials;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Devices;
using static System.Math;
using static FvSolver.Materials.Constants;

namespace FvSolver.Validation.Twin;

/// <summary>The 1-D isothermal model again, in plain lines to hold against the equations; it knows nothing of the solver.</summary>
/// <remarks>
/// Vertex-centred control volumes. Unknowns in this order: N_Pd in units of c_fix d, V_G, then phi and c/c_fix at each
/// PSG node, theta, then y at each WO3 node: no equation reaches farther than three places. Left out: heat, gas, traps,
/// site limit, and every law but sinh hopping, Butler-Volmer and Fick.
/// Time: implicit Euler with 1, 2, 3 and 4 substeps, extrapolated to substeps of length zero (order 4).
/// </remarks>
public sealed class ReadableTwin
{
    private const int Reach = 3;
    private readonly Device _device;
    private readonly double[] _z, _w, _volumeZ, _volumeW, _scale;
    private readonly double _vT, _eps, _gamma0, _uRest, _unit, _tolerance;
    private readonly int _n, _theta, _size;
    private Func<double, double>? _gate; // V_G over time while a source holds it; null while the gate is open
    private double[] _u;

    /// <summary>The device at rest.</summary>
    /// <param name="device">Parameters, resolved by <see cref="CalibrationRules.Resolve"/>.</param>
    /// <param name="psg">PSG nodes [m] from l_S to d - l_S, increasing; only their distances count.</param>
    /// <param name="wo3">WO3 nodes [m], increasing from the interface; only their distances count.</param>
    /// <param name="tolerance">Local error of a time step, relative to |u| + scale.</param>
    public ReadableTwin(Device device, double[] psg, double[] wo3, double tolerance = 1e-8)
    {
        if (device.Heat.Enabled || device.Gas.Enabled || device.Psg.TrapDensity > 0 || device.Psg.SiteDensity > 0
            || device.Psg.HopLaw != HopLaw.Sinh || device.Wo3.DiffusionLaw != DiffusionLaw.Fick
            || device.Pd.Kinetics != KineticLaw.ButlerVolmer || device.Interface.Kinetics != KineticLaw.ButlerVolmer
            || device.Heat.AmbientTemperature != device.Heat.ReferenceTemperature)
            throw new ArgumentException("The twin has no heat, gas, traps or site limit, and only the default laws at T_0.");
        (_device, _z, _w, _tolerance, _volumeZ, _volumeW) = (device, psg, wo3, tolerance, Volumes(psg), Volumes(wo3));
        _vT = ThermalVoltage(device.Heat.ReferenceTemperature);
        _eps = VacuumPermittivity * device.Psg.RelativePermittivity;
        _gamma0 = device.Psg.AttemptFrequency * Exp(-device.Psg.ActivationEnergy / _vT);
        double y = device.Wo3.RestComposition; // U_W(y_ref):
        _uRest = device.Wo3.StandardPotential - device.Wo3.InteractionPotential * y - device.Wo3.DiluteSpecies * _vT * Log(y / (1 - y));
        _unit = device.Psg.FixedChargeDensity * device.Psg.Thickness;
        (_n, _theta, _size) = (psg.Length - 1, 2 + 2 * psg.Length, 3 + 2 * psg.Length + wo3.Length);

        // Rest: no field, no charge, every rate zero. phi = -U_W(y_ref) makes u_R zero, V_off makes u_L zero.
        _u = [0, device.Gate.RestVoltage, .. psg.SelectMany(_ => new[] { -_uRest, 1 }),
            device.Interface.RestCoverage, .. wo3.Select(_ => y)];
        _scale = [1, _vT, .. psg.SelectMany(_ => new[] { _vT, 1 }), .. _u[_theta..]];
    }

    /// <summary>One trapezoidal pulse [V, s] from the present gate voltage and back, the hold, then the gate open for a time [s].</summary>
    public (DeviceReading EndOfPulse, DeviceReading AfterRest) Pulse(double amplitude, double width, double edge, double rest)
    {
        double foot = _u[1];
        _gate = t => foot + (amplitude - foot) * Clamp(Min(t, width - t) / edge, 0, 1);
        double opens = width + _device.Gate.HoldTime;
        foreach ((double from, double to) in new[] { (0, edge), (edge, width - edge), (width - edge, width), (width, opens) })
            Advance(from, to);
        DeviceReading end = Read();
        _gate = null; // the gate opens, with Q_M as it is
        Advance(0, rest);
        return (end, Read());
    }

    /// <summary>What has moved since rest.</summary>
    public DeviceReading Read() => new(
        _device.Wo3.SiteDensity * _volumeW.Select((v, j) => v * (_u[_theta + 1 + j] - _device.Wo3.RestComposition)).Sum(),
        _device.Interface.SiteDensity * (_u[_theta] - _device.Interface.RestCoverage), _u[0] * _unit, _u[1]);

    /// <summary>The equations, per area: d(stored)/dt = rate, with nothing stored in an algebraic one.</summary>
    private void Equations(double[] u, double t, double[] stored, double[] rate)
    {
        (Electrolyte psg, GateMetal pd, ChannelInterface s, Channel wo3) = (_device.Psg, _device.Pd, _device.Interface, _device.Wo3);
        double q = ElementaryCharge, vG = u[1], phi0 = u[2], c0 = u[3], phiN = u[2 + 2 * _n], cN = u[3 + 2 * _n];
        double theta = u[_theta], theta0 = s.RestCoverage, y = u[_theta + 1], yRef = wo3.RestComposition;

        // Pd/PSG: Butler-Volmer over the compact layer. V_off and chi: what the drop is at rest.
        double vOff = _device.Gate.RestVoltage - pd.EquilibriumPotential + _uRest, chi = _device.Gate.RestVoltage + _uRest;
        double uL = (vG - vOff - phi0 - pd.EquilibriumPotential) / _vT, alpha = pd.TransferCoefficient;
        double inject = pd.ExchangeCurrentDensity / q * (PdActivity(u[0]) * Exp(alpha * uL) - c0 * Exp((alpha - 1) * uL));
        double charge = _eps * (vG - phi0 - chi) / psg.SternThickness; // Q_M per area
        (stored[0], rate[0]) = (u[0] * _unit, inject);
        (stored[1], rate[1]) = _gate is null ? (charge / q, -inject) : (0, _gate(t) - vG);

        // PSG/WO3: Volmer over the compact layer, then absorption; psi = 0, hence chi = U_W(y_ref) there.
        double uR = (phiN + _uRest) / _vT, beta = s.TransferCoefficient;
        double volmer = s.ExchangeCurrentDensity / q
            * (cN * (1 - theta) / (1 - theta0) * Exp(beta * uR) - theta / theta0 * Exp((beta - 1) * uR));
        double kA = theta0 * (1 - yRef) / ((1 - theta0) * yRef)
            * Pow(y / (1 - y) / (yRef / (1 - yRef)), wo3.DiluteSpecies - 1) * Exp(wo3.InteractionPotential * (y - yRef) / _vT);
        double absorb = s.SiteDensity * s.AbsorptionRate * (theta * (1 - y) - kA * y * (1 - theta));
        (stored[_theta], rate[_theta]) = (s.SiteDensity * theta, volmer - absorb);

        // PSG: Gauss' law and the protons' balance in each control volume, from the gate to the channel.
        double displacement = charge, flux = inject;
        for (int i = 0; i <= _n; i++)
        {
            int p = 2 + 2 * i, c = p + 1;
            double displacementOut = _eps * (phiN + _uRest) / psg.SternThickness, fluxOut = volmer;
            if (i < _n)
            {
                // J = D0 g(x)/h [B(-2v) c_L - B(2v) c_R] with B(2v) = exp(-v)/g(v), so that small v is no special case
                double h = _z[i + 1] - _z[i], drop = u[p] - u[p + 2], v = drop / (2 * _vT), x = v * psg.HopDistance / h;
                fluxOut = psg.HopDistance * psg.HopDistance * _gamma0 / h * G(x) / G(v) * psg.FixedChargeDensity
                    * (Exp(v) * u[c] - Exp(-v) * u[c + 2]);
                displacementOut = _eps * drop / h;
            }
            double volume = _volumeZ[i] * psg.FixedChargeDensity;
            (stored[p], rate[p]) = (0, displacement - displacementOut + q * volume * (u[c] - 1));
            (stored[c], rate[c]) = (volume * u[c], flux - fluxOut);
            (displacement, flux) = (displacementOut, fluxOut);
        }

        // WO3: Fick, closed at the far side.
        flux = absorb;
        for (int j = 0, k = _theta + 1; j < _w.Length; j++, k++)
        {
            double fluxOut = k + 1 < _size ? wo3.Diffusivity * wo3.SiteDensity * (u[k] - u[k + 1]) / (_w[j + 1] - _w[j]) : 0;
            (stored[k], rate[k], flux) = (_volumeW[j] * wo3.SiteDensity * u[k], flux - fluxOut, fluxOut);
        }
    }

    private static double G(double x) => x == 0 ? 1 : Sinh(x) / x;

    /// <summary>a_H: 1 on the plateau; outside it Nernst, x/(1-x) over its value where the plateau ends.</summary>
    private double PdActivity(double given)
    {
        double x = _device.Pd.HydrogenFraction - given * _unit / (_device.Pd.AtomDensity * _device.Pd.Thickness);
        double end = Clamp(x, _device.Pd.PlateauLow, _device.Pd.PlateauHigh);
        return _device.Pd.FiniteReservoir ? x / (1 - x) / (end / (1 - end)) : 1;
    }

    private static double[] Volumes(double[] z) => [.. z.Select((_, i) => (z[Min(i + 1, z.Length - 1)] - z[Max(i - 1, 0)]) / 2)];

    /// <summary>Steps of adaptive length, each extrapolated from 1, 2, 3 and 4 substeps (Aitken and Neville).</summary>
    private void Advance(double t, double end)
    {
        for (double h = Min(1e-13, end - t); t < end; h = Min(h, end - t))
        {
            double[][] row = [[], [], [], []]; // row[m]: extrapolated m times
            double error = double.PositiveInfinity;
            for (int k = 1; k <= 4; k++)
            {
                double[]? v = _u;
                for (int i = 1; i <= k && v != null; i++)
                    v = ImplicitEuler(v, t + h * i / k, h / k);
                if (v == null)
                    break;
                for (int m = 1; m <= k; m++) // until it is replaced, row[m - 1] is that of k - 1 substeps
                    (row[m - 1], v) = (v, m == k ? v : [.. v.Zip(row[m - 1], (a, b) => a + (a - b) * (k - m) / m)]);
                if (k == 4)
                    error = v.Select((x, i) => Abs(x - row[2][i]) / (Abs(x) + _scale[i])).Aggregate(Max) / _tolerance;
            }
            if (error <= 1)
                (t, _u) = (t + h >= end * (1 - 1e-14) ? end : t + h, row[3]);
            h *= Clamp(0.9 / Pow(error, 0.25), 0.1, 4);
            _ = h > 1e-25 ? h : throw new InvalidOperationException($"The twin's step vanished {t} s into a segment.");
        }
    }

    /// <summary>stored(u) - stored(old) = h rate(u), by Newton with a Jacobian of differences; null without convergence.</summary>
    private double[]? ImplicitEuler(double[] old, double t, double h)
    {
        double[] u = [.. old], before = new double[_size], stored = new double[_size], rate = new double[_size];
        double[] Residual(double[] v)
        {
            Equations(v, t, stored, rate);
            return [.. stored.Select((s, i) => s - before[i] - h * rate[i])];
        }
        Equations(old, t, before, rate);
        for (int iteration = 0; iteration < 12; iteration++)
        {
            double[] f = Residual(u);
            double[,] a = new double[_size, 2 * Reach + 1]; // the entry of row i and column j is a[i, j - i + Reach]
            for (int colour = 0; colour <= 2 * Reach; colour++) // unknowns seven apart share no equation
            {
                double[] v = [.. u.Select((x, j) => j % (2 * Reach + 1) == colour ? x + 1e-7 * _scale[j] : x)], g = Residual(v);
                for (int j = colour; j < _size; j += 2 * Reach + 1)
                    for (int i = Max(0, j - Reach); i <= Min(_size - 1, j + Reach); i++)
                        a[i, j - i + Reach] = (g[i] - f[i]) / (v[j] - u[j]);
            }
            for (int k = 0; k < _size; k++)
                for (int i = k + 1; i <= Min(_size - 1, k + Reach); i++)
                {
                    double m = a[i, k - i + Reach] / a[k, Reach];
                    for (int j = k; j <= Min(_size - 1, k + Reach); j++)
                        a[i, j - i + Reach] -= m * a[k, j - k + Reach];
                    f[i] -= m * f[k];
                }
            for (int k = _size - 1; k >= 0; k--)
            {
                for (int j = k + 1; j <= Min(_size - 1, k + Reach); j++)
                    f[k] -= a[k, j - k + Reach] * f[j];
                f[k] /= a[k, Reach];
                u[k] -= f[k];
            }
            if (f.Select((x, i) => Abs(x) / (Abs(u[i]) + _scale[i])).Aggregate(Max) < 1e-9)
                return u;
        }
        return null;
    }
}

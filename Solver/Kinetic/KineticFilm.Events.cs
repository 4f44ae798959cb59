using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Kinetic;

// Rates and events under a source.
public sealed partial class KineticFilm
{
    /// <summary>Runs a linear piece of the source's waveform.</summary>
    private void Clamp(double from, double to, double duration, ref double time)
    {
        if (!(duration > 0))
            return;
        bool ramps = from != to;
        int windows = ramps ? Math.Max(1, (int)Math.Ceiling(Math.Abs(to - from) * _steepness / WindowWork)) : 1;
        double length = duration / windows, rise = (to - from) / windows, slope = rise / length;
        for (int w = 0; w < windows; w++)
        {
            double start = from + rise * w, t = 0;
            double bound = Bound(start, start + rise, ramps);
            while ((t -= Math.Log(1 - _random.NextDouble()) / bound) < length)
            {
                double place = _random.NextDouble() * bound;
                if (ramps)
                {
                    double total = Evaluate(start + slope * t, _forward, _backward);
                    if (total > bound * 1.001)
                        throw new InvalidOperationException("A rate neither grows nor drops all along a ramp of the voltage.");
                    if (place >= total)
                        continue;
                }
                bool isBehind = Apply(place, time + t);
                bound = isBehind && !ramps ? Refresh() : Bound(start + slope * t, start + rise, ramps);
            }
            time += length;
        }
        SetShift(to);
    }

    /// <summary>Upper bound of the sum of all rates between two voltages; the sum itself where they are one.</summary>
    private double Bound(double voltage, double end, bool ramps)
    {
        double total = Evaluate(voltage, _forward, _backward);
        if (!ramps)
            return total;
        Evaluate(end, _forwardThen, _backwardThen);
        double sum = _store.Rate;
        for (int k = 0; k < _forward.Length; k++)
            sum += Math.Max(_forward[k], _forwardThen[k]) + Math.Max(_backward[k], _backwardThen[k]);
        return sum;
    }

    /// <summary>Sum of all rates after an event behind the interface, which concerns the last link alone.</summary>
    private double Refresh()
    {
        UpdateLink(_last, 0, _forward, _backward);
        double sum = _store.Rate;
        for (int k = 0; k < _forward.Length; k++)
            sum += _forward[k] + _backward[k];
        return sum;
    }

    /// <summary>Rates of all events at a voltage of the source.</summary>
    /// <returns>Their sum [1/s].</returns>
    private double Evaluate(double voltage, double[] forward, double[] backward)
    {
        SetShift(voltage);
        double sum = _store.Rate, uniform = (voltage - _restVoltage) / _film.TotalVoltagePerCharge;
        for (int k = 0; k <= _last; k++)
        {
            UpdateLink(k, uniform, forward, backward);
            sum += forward[k] + backward[k];
        }
        if (_resistance > 0)
        {
            double drop = voltage - GateVoltage, half = _film.TotalVoltagePerCharge / 2;
            forward[^1] = ElectronRate(drop - half);
            backward[^1] = ElectronRate(-drop - half);
            sum += forward[^1] + backward[^1];
        }
        return sum;
    }

    private void UpdateLink(int link, double uniform, double[] forward, double[] backward)
    {
        double kappa = _film.VoltagePerCharge[link] * _laws.InverseThermalVoltage, half = Half(link);
        double m = _options.FixedField ? uniform : _charge[link] - _film.CounterBefore[link] + _shift;
        Rates(link, kappa * (m - half), kappa * (m + half), out forward[link], out backward[link]);
    }

    /// <summary>Half of the charge by which an event changes the displacement in its own link.</summary>
    private double Half(int link) => _options.FixedField || _options.BeforeEvent ? 0
        : _resistance > 0 ? 0.5
        : 0.5 * (1 - _film.Ramo(link));

    /// <summary>Rates over one link.</summary>
    private void Rates(int link, double ahead, double back, out double forward, out double backward)
    {
        if (link > 0 && link < _last)
        {
            _laws.Hop(ahead, out forward, out double reverse);
            if (back != ahead)
                _laws.Hop(back, out _, out reverse);
            forward *= Jumping(link - 1);
            backward = reverse * Jumping(link);
            return;
        }
        (forward, backward) = (0, 0);
        if (_film.Ends == FilmEnds.Reservoirs)
            return;
        if (link == 0)
        {
            _laws.Gate(ahead, out forward, out _);
            _laws.Gate(back, out _, out backward);
            forward *= _laws.GateActivity(_given);
            backward *= _protons[0] / _film.Counter[0];
        }
        else
        {
            _laws.Coverage(_store.Adsorbed, out double vacant, out double occupied);
            _laws.Channel(ahead, out forward, out _);
            _laws.Channel(back, out _, out backward);
            forward *= vacant * _protons[^1] / _film.Counter[^1];
            backward *= occupied;
        }
    }

    /// <summary>Protons of a plane times the jumps that each makes at a rate of 1.</summary>
    private double Jumping(int plane) => _factor[plane]
        * (_film.Ends == FilmEnds.Reservoirs && (plane == 0 || plane == _film.Hops) ? _film.Counter[plane] : _protons[plane]);

    /// <summary>Electrons through the series resistance [1/s] for the energy that one gains, over q [V].</summary>
    private double ElectronRate(double gain)
    {
        double u = gain * _laws.InverseThermalVoltage;
        double perVolt = 1 / (ElementaryCharge * _resistance);
        return Math.Abs(u) < 1e-9 ? perVolt / _laws.InverseThermalVoltage : perVolt * gain / (1 - Math.Exp(-u));
    }

    /// <summary>Carries out the event at a place within the sum of all rates.</summary>
    /// <returns>True when it was behind the interface.</returns>
    private bool Apply(double place, double time)
    {
        for (int k = 0; k <= _last; k++)
        {
            if ((place -= _forward[k]) < 0)
            {
                PassSplit(k, 1, time);
                return false;
            }
            if ((place -= _backward[k]) < 0)
            {
                PassSplit(k, -1, time);
                return false;
            }
        }
        Events++;
        if ((place -= _forward[^1]) < 0)
        {
            AddElectrons(1);
            return false;
        }
        if ((place -= _backward[^1]) < 0)
        {
            AddElectrons(-1);
            return false;
        }
        _store.Apply(place);
        return true;
    }

    private void PassSplit(int link, int direction, double time)
    {
        Pass(link, direction);
        if (link == _last)
            _store.Adsorb(direction);
        OnEvent?.Invoke(time);
    }

    /// <summary>Moves a charge over a link, along the field or against it.</summary>
    private void Pass(int link, int direction)
    {
        Events++;
        if (direction > 0)
            Forward[link]++;
        else
            Backward[link]++;
        _charge[link] -= direction;
        if (link == 0)
            _given += direction;
        if (_film.Ends == FilmEnds.Reservoirs)
        {
            // The reservoirs make good at once what they give and take.
            if (link > 1)
                _protons[link - 1] -= direction;
            else
                (_charge[0], _given) = (_charge[0] - direction, _given + direction);
            if (link < _film.Hops)
                _protons[link] += direction;
            else
                _charge[_last] -= direction;
            return;
        }
        if (link > 0)
            _protons[link - 1] -= direction;
        if (link < _last)
            _protons[link] += direction;
    }

    /// <summary>Charges the metal by electrons that leave it.</summary>
    private void AddElectrons(int count)
    {
        for (int k = 0; k <= _last; k++)
            _charge[k] += count;
    }
}

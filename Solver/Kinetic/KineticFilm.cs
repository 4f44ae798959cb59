using FvSolver.Mesh;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Kinetic;

/// <summary>Integer protons in the mean field of their planes, event by event and exact.</summary>
public sealed class KineticFilm : DrivenFilm
{
    private readonly double[] _factor;

    // The last entry is for electrons through the series resistance.
    private readonly double[] _forward, _backward, _forwardAtEnd, _backwardAtEnd;
    private readonly RateTable[] _tables;
    private readonly double[] _rates;
    private double _voltage;

    /// <summary>A device in its state of rest; see <see cref="Draw"/>.</summary>
    /// <param name="film">Its film.</param>
    /// <param name="mesh">A mesh of its stack, of which the layers of WO3 are taken.</param>
    /// <param name="options">How it is simulated; null for the defaults.</param>
    public KineticFilm(LatticeFilm film, ControlVolumeMesh mesh, KineticOptions? options = null)
        : base(film, mesh, options)
    {
        // Jumps a second and proton are Gamma0 on a plane that owns one distance, twice that on one that owns half.
        _factor = [.. film.Counter.Select((_, i) => i == 0 || i == film.Hops ? 2.0 : 1.0)];
        (_forward, _backward) = (new double[film.Links + 1], new double[film.Links + 1]);
        (_forwardAtEnd, _backwardAtEnd) = (new double[film.Links + 1], new double[film.Links + 1]);
        _rates = new double[(2 * film.Links + 3) / 4 * 4];
        _tables = [.. Enumerable.Range(0, film.Links).Select(k => new RateTable((int)Math.Round(film.CounterBefore[k]), Fill(k)))];
    }

    /// <inheritdoc/>
    public override void Draw(int entered, Random random)
    {
        if (Film.Ends == FilmEnds.Reactions)
            DrawPlanes(entered, random);
        else
            DrawBetweenReservoirs(random);
    }

    /// <inheritdoc/>
    public override void Recover(double duration)
    {
        if (Film.Ends == FilmEnds.Reservoirs)
            Settle(2);
        else if (double.IsNaN(duration))
            Draw((int)Math.Round(Entered), Random);
        else
            Rest(duration);
    }

    /// <summary>Leaves the gate open, event by event.</summary>
    /// <param name="duration">Time [s].</param>
    public void Rest(double duration)
    {
        for (int k = 0; k <= Last; k++)
            UpdateOpen(k);
        double total = Sum(), t = 0;
        while ((t -= Math.Log(1 - Random.NextDouble()) / total) < duration)
        {
            double place = Random.NextDouble() * total;
            int chosen = -1;
            for (int r = 0; r < _rates.Length; r++)
            {
                if ((place -= _rates[r]) < 0)
                {
                    chosen = r;
                    break;
                }
            }
            // Rounding of the sum may leave a place behind the last event.
            if (chosen < 0)
                continue;
            int link = chosen >> 1, direction = 1 - 2 * (chosen & 1);
            Pass(link, direction);
            if (link == Last)
                Store.Count += direction;
            if (link > 0)
                UpdateOpen(link - 1);
            UpdateOpen(link);
            if (link < Last)
                UpdateOpen(link + 1);
            total = Sum();
        }
    }

    /// <summary>Works out both rates of a charge of a link with the gate open into places of two arrays.</summary>
    private Action<int, double[], double[], int> Fill(int link) => (charge, forward, backward, place) =>
    {
        double kappa = Film.VoltagePerCharge[link] * Laws.InverseThermalVoltage, m = charge - Film.CounterBefore[link];
        double half = Options.BeforeEvent ? 0 : 0.5;
        OpenRates(link, kappa * (m - half), out forward[place], out _);
        OpenRates(link, kappa * (m + half), out _, out backward[place]);
    };

    /// <summary>Rates over a link at activities of 1, or of one proton.</summary>
    private void OpenRates(int link, double u, out double forward, out double backward)
    {
        if (link == 0)
            Laws.Gate(u, out forward, out backward);
        else if (link < Last)
            Laws.Hop(u, out forward, out backward);
        else
            Laws.Channel(u, out forward, out backward);
    }

    private double Sum()
    {
        double a = 0, b = 0, c = 0, d = 0;
        for (int r = 0; r < _rates.Length; r += 4)
            (a, b, c, d) = (a + _rates[r], b + _rates[r + 1], c + _rates[r + 2], d + _rates[r + 3]);
        return a + b + (c + d);
    }

    private void UpdateOpen(int link)
    {
        RateTable table = _tables[link];
        int charge = Charge[link];
        double forward = table.Forward(charge), backward = table.Backward(charge);
        if (link > 0 && link < Last)
        {
            forward *= Jumping(link - 1);
            backward *= Jumping(link);
        }
        else if (link == 0)
        {
            forward *= Laws.GateActivity(Given);
            backward *= Protons[0] / Film.Counter[0];
        }
        else
        {
            Laws.Coverage(Store.AdsorbedAt(Store.Count), out double vacant, out double occupied);
            forward *= vacant * Protons[^1] / Film.Counter[^1];
            backward *= occupied;
        }
        (_rates[2 * link], _rates[2 * link + 1]) = (forward, backward);
    }

    /// <summary>Independent protons between reservoirs: each plane has a Poisson number.</summary>
    private void DrawBetweenReservoirs(Random random)
    {
        (Random, Given) = (random, 0);
        for (int i = 0; i <= Film.Hops; i++)
            Protons[i] = i == 0 || i == Film.Hops ? 0 : Poisson(Film.Counter[i]);
        Charge[0] = 0;
        for (int i = 0; i <= Film.Hops; i++)
            Charge[i + 1] = Charge[i] + Protons[i];
        Settle(10);
    }

    /// <summary>Holds the film at rest between its reservoirs for a number of dielectric relaxation times.</summary>
    private void Settle(double times)
    {
        // In a fixed field protons are independent: their Poisson numbers are the equilibrium.
        if (Options.FixedField)
            return;
        Laws.Hop(0, out double rate, out _);
        double relaxation = 1 / (rate * Film.VoltagePerCharge[1] * Film.Counter[0] * 2 * Laws.InverseThermalVoltage);
        Hold(times * relaxation);
    }

    private int Poisson(double mean)
    {
        // Arrivals at unit rate until the time is over; only limits with few protons come here.
        int count = -1;
        for (double time = 0; time < mean; count++)
            time -= Math.Log(1 - Random.NextDouble());
        return count;
    }

    private protected override double Refresh()
    {
        UpdateLink(Last, _voltage, _forward, _backward);
        double sum = Store.Rate;
        for (int k = 0; k < _forward.Length; k++)
            sum += _forward[k] + _backward[k];
        return sum;
    }

    private protected override double LargerRates()
    {
        double sum = 0;
        for (int k = 0; k < _forward.Length; k++)
            sum += Math.Max(_forward[k], _forwardAtEnd[k]) + Math.Max(_backward[k], _backwardAtEnd[k]);
        return sum;
    }

    private protected override double Evaluate(double voltage, bool atEnd)
    {
        (double[] forward, double[] backward) = atEnd ? (_forwardAtEnd, _backwardAtEnd) : (_forward, _backward);
        if (!atEnd)
            _voltage = voltage;
        SetShift(voltage);
        double sum = Store.Rate;
        for (int k = 0; k <= Last; k++)
        {
            UpdateLink(k, voltage, forward, backward);
            sum += forward[k] + backward[k];
        }
        if (Resistance > 0)
        {
            double drop = voltage - GateVoltage, half = Film.TotalVoltagePerCharge / 2;
            forward[^1] = ElectronRate(drop - half);
            backward[^1] = ElectronRate(-drop - half);
            sum += forward[^1] + backward[^1];
        }
        return sum;
    }

    private void UpdateLink(int link, double voltage, double[] forward, double[] backward)
    {
        double kappa = Film.VoltagePerCharge[link] * Laws.InverseThermalVoltage, half = Half(link);
        double m = Displacement(link, voltage);
        Rates(link, kappa * (m - half), kappa * (m + half), out forward[link], out backward[link]);
    }

    /// <summary>Rates over one link.</summary>
    private void Rates(int link, double ahead, double back, out double forward, out double backward)
    {
        if (link > 0 && link < Last)
        {
            Laws.Hop(ahead, out forward, out double reverse);
            if (back != ahead)
                Laws.Hop(back, out _, out reverse);
            forward *= Jumping(link - 1);
            backward = reverse * Jumping(link);
            return;
        }
        (forward, backward) = (0, 0);
        if (Film.Ends == FilmEnds.Reservoirs)
            return;
        if (link == 0)
        {
            Laws.Gate(ahead, out forward, out _);
            Laws.Gate(back, out _, out backward);
            forward *= Laws.GateActivity(Given);
            backward *= Protons[0] / Film.Counter[0];
        }
        else
        {
            Laws.Coverage(Store.Adsorbed, out double vacant, out double occupied);
            Laws.Channel(ahead, out forward, out _);
            Laws.Channel(back, out _, out backward);
            forward *= vacant * Protons[^1] / Film.Counter[^1];
            backward *= occupied;
        }
    }

    /// <summary>Protons of a plane times the jumps that each makes at a rate of 1.</summary>
    private double Jumping(int plane) => _factor[plane]
        * (Film.Ends == FilmEnds.Reservoirs && (plane == 0 || plane == Film.Hops) ? Film.Counter[plane] : Protons[plane]);

    /// <summary>Electrons through the series resistance [1/s] for the energy that one gains, over q [V].</summary>
    private double ElectronRate(double gain)
    {
        double u = gain * Laws.InverseThermalVoltage;
        double perVolt = 1 / (ElementaryCharge * Resistance);
        return Math.Abs(u) < 1e-9 ? perVolt / Laws.InverseThermalVoltage : perVolt * gain / (1 - Math.Exp(-u));
    }

    private protected override bool Apply(double place, double time)
    {
        for (int k = 0; k <= Last; k++)
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
        Store.Apply(place);
        return true;
    }

    private void PassSplit(int link, int direction, double time)
    {
        Pass(link, direction);
        if (link == Last)
            Store.Adsorb(direction);
        OnEvent?.Invoke(time);
    }

    /// <summary>Moves a charge over a link, along the field or against it.</summary>
    private void Pass(int link, int direction)
    {
        CountPassage(link, direction);
        if (Film.Ends == FilmEnds.Reservoirs)
        {
            // The reservoirs make good at once what they give and take.
            if (link > 1)
                Protons[link - 1] -= direction;
            else
                (Charge[0], Given) = (Charge[0] - direction, Given + direction);
            if (link < Film.Hops)
                Protons[link] += direction;
            else
                Charge[Last] -= direction;
            return;
        }
        if (link > 0)
            Protons[link - 1] -= direction;
        if (link < Last)
            Protons[link] += direction;
    }
}

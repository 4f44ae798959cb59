namespace FvSolver.Solver.Kinetic;

// The gate open: an event changes the rates of its neighbours only, and the charge of a link is an integer plus a constant.
public sealed partial class KineticFilm
{
    private readonly RateTable[] _tables;
    private readonly double[] _rates;

    /// <summary>Leaves the gate open, event by event.</summary>
    /// <param name="duration">Time [s].</param>
    public void Rest(double duration)
    {
        for (int k = 0; k <= _last; k++)
            UpdateOpen(k);
        double total = Sum(), t = 0;
        while ((t -= Math.Log(1 - _random.NextDouble()) / total) < duration)
        {
            double place = _random.NextDouble() * total;
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
            if (link == _last)
                _store.Count += direction;
            if (link > 0)
                UpdateOpen(link - 1);
            UpdateOpen(link);
            if (link < _last)
                UpdateOpen(link + 1);
            total = Sum();
        }
    }

    /// <summary>Rates over a link at activities of 1, or of one proton.</summary>
    private void OpenRates(int link, double u, out double forward, out double backward)
    {
        if (link == 0)
            _laws.Gate(u, out forward, out backward);
        else if (link < _last)
            _laws.Hop(u, out forward, out backward);
        else
            _laws.Channel(u, out forward, out backward);
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
        int charge = _charge[link];
        double forward = table.Forward(charge), backward = table.Backward(charge);
        if (link > 0 && link < _last)
        {
            forward *= Jumping(link - 1);
            backward *= Jumping(link);
        }
        else if (link == 0)
        {
            forward *= _laws.GateActivity(_given);
            backward *= _protons[0] / _film.Counter[0];
        }
        else
        {
            _laws.Coverage(_store.AdsorbedAt(_store.Count), out double vacant, out double occupied);
            forward *= vacant * _protons[^1] / _film.Counter[^1];
            backward *= occupied;
        }
        (_rates[2 * link], _rates[2 * link + 1]) = (forward, backward);
    }

    /// <summary>Rates of one link by its integer charge, worked out when they are first needed.</summary>
    private sealed class RateTable
    {
        private const int Reach = 1024;

        private readonly Action<int, double[], double[], int> _fill;
        private readonly int _first;
        private readonly double[] _forward = new double[2 * Reach], _backward = new double[2 * Reach];

        /// <summary>A table.</summary>
        /// <param name="centre">Charge in its middle.</param>
        /// <param name="fill">Works out both rates of a charge into places of two arrays.</param>
        public RateTable(int centre, Action<int, double[], double[], int> fill)
        {
            (_first, _fill) = (centre - Reach, fill);
            Array.Fill(_forward, double.NaN);
        }

        public double Forward(int charge) => _forward[Place(charge)];

        public double Backward(int charge) => _backward[Place(charge)];

        private int Place(int charge)
        {
            // Charges beyond the table share its last place, which is worked out anew each time.
            int place = charge - _first;
            bool isInside = (uint)place < 2 * Reach - 1;
            if (!isInside)
                place = 2 * Reach - 1;
            if (!isInside || double.IsNaN(_forward[place]))
                _fill(charge, _forward, _backward, place);
            return place;
        }
    }
}

using FvSolver.Cases.Compact.Model;
using FvSolver.Validation.Twin;
using Xunit;

namespace FvSolver.Tests.Compact;

/// <summary>The moment of the layer at the channel against the layer's own transport equation, solved here on a fine grid.</summary>
public class CompactLayerTests
{
    private static readonly CompactModel Model = new(CompactParameters.FromDevice(ReferenceSets.Held));

    /// <summary>k, and the field from outside over the reach of the layer, in kT/q.</summary>
    private static readonly double Unit = Model.Parameters.DiffuseCapacitance * Model.ThermalVoltage
        / (Model.Parameters.FilmCapacitance * Model.Parameters.SlopeVoltage);

    [Theory]
    [InlineData(1.8, 10.5, 0.006, 0.04)]
    [InlineData(1.8, 9, 0.012, 0.04)]
    [InlineData(1.4, 10.5, 0.012, 0.04)]
    [InlineData(1.0, 10.5, 0.012, 0.04)]
    // The high potentials of a well filled channel.
    [InlineData(2.5, 10.5, 0.001, 0.04)]
    [InlineData(3.1, 9, 0.001, 0.04)]
    [InlineData(3.1, 9, 0.012, 0.04)]
    // Away from the channel the moment changes a tenth as much.
    [InlineData(1.8, -10, 0.004, 0.15)]
    [InlineData(1.0, -9, 0.004, 0.15)]
    public void Moment_follows_the_transport_equation_of_the_layer(double potential, double w, double time, double band)
    {
        (double charge, double moment, double change) = Layer(potential, w, time);
        Assert.Equal(1, Closed(charge, moment, w, time) / change, band);
    }

    /// <summary>
    /// Density c over c_fix in diffuse lengths from the wall, which no flux passes; in a fixed field from outside the flux towards the wall
    /// is g(E) (c E - dc/ds), as an edge of the solver has it. Time is in lambda^2/(D_0 g(w)). Charge and moment at the start, and the
    /// moment's change.
    /// </summary>
    private static (double Charge, double Moment, double Change) Layer(double potential, double w, double time)
    {
        const int n = 1000; // the layer has a tail, which counts in its moment
        const double h = 0.01;
        double outer = w / Unit;
        double[] c = new double[n], flux = new double[n + 1];
        for (int i = 0; i < n; i++)
        {
            c[i] = Math.Exp(potential);
            // The first integral of the equilibrium: E^2/2 = e^psi - 1 - psi.
            for (int k = 0; k < 50; k++)
                potential -= h / 50 * Math.Sqrt(2 * Math.Max(0, Math.Exp(potential) - 1 - potential));
        }
        double Volume(int i) => i == 0 ? h / 2 : h;
        double Moment() => Enumerable.Range(0, n).Sum(i => (c[i] - 1) * Volume(i) * i * h);
        double charge = Enumerable.Range(0, n).Sum(i => (c[i] - 1) * Volume(i)), start = Moment();
        int steps = (int)(time / 1e-6);
        flux[n] = outer;
        for (int step = 0; step < steps; step++)
        {
            double field = outer;
            for (int i = n - 1; i > 0; i--)
            {
                field += (c[i] - 1) * h;
                double u = field * h, b = u / (Math.Exp(u) - 1);
                flux[i] = Sinc(Unit * field) / Sinc(w) / h * ((b + u) * c[i] - b * c[i - 1]);
            }
            for (int i = 0; i < n; i++)
                c[i] += time / steps / Volume(i) * (flux[i + 1] - flux[i]);
        }
        return (charge, start, Moment() - start);
    }

    /// <summary>The same by the compact model's rate of p: at a fixed field, with the charge that comes from the film.</summary>
    private static double Closed(double charge, double moment, double w, double time)
    {
        CompactParameters p = Model.Parameters;
        const int steps = 400;
        double unit = p.DiffuseCapacitance * Model.ThermalVoltage, toMoment = p.FilmCapacitance * Model.ThermalVoltage, start = moment;
        double[] output = new double[9];
        for (int i = 0; i < steps; i++)
        {
            Model.Evaluate([w * p.FilmCapacitance * p.SlopeVoltage, 0, unit * (charge + w / Unit * time * i / steps), toMoment * moment, 0,
                0, 0], output, derivatives: false);
            // Time from the flux: J_f w g(w) is (w/k) units of charge in a unit of time.
            double rate = output[3] / toMoment / (p.FilmCurrent * Math.Sinh(w) / (w / Unit * unit));
            moment += time / steps * rate;
        }
        return moment - start;
    }

    private static double Sinc(double x) => Math.Sinh(x) / x;
}

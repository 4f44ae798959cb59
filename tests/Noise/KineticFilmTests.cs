using FvSolver.Cases.Input;
using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Noise;

/// <summary>Events on lattice planes: conservation, equilibrium, and the gate circuit.</summary>
public class KineticFilmTests
{
    private static readonly Device Frozen = CaseReader.Read("single", ["preset=onen2022-v1"]).Device;

    // A thirtieth of the area and a thin film: few events, large steps of energy.
    private static readonly Device Small = Frozen with
    {
        Geometry = new() { Length = 25e-9, Width = 10e-9 },
        Psg = Frozen.Psg with { Thickness = 4e-9 },
    };

    private static KineticFilm Film(Device device, KineticOptions? options = null)
    {
        var film = new LatticeFilm(device);
        return new(film, NoiseBlock.Mesh(film), options);
    }

    [Fact]
    public void Whole_protons_are_conserved_and_the_charge_is_frozen_with_the_gate_open()
    {
        KineticFilm film = Film(Small);
        film.Draw(20, NoiseBlock.Numbers(1, 0, 0));
        double content = film.Hydrogen + film.MobileProtons - film.Given;
        double entered = film.Entered;
        for (int i = 0; i < 20; i++)
        {
            PulseCharge pulse = film.Pulse(new(4, 5e-9, 1.1e-9, 1e-9));
            entered += pulse.Step;
            Assert.Equal(entered, film.Entered);
            film.Rest(1e-5);
            Assert.Equal(entered, film.Entered);
            Assert.Equal(content, film.Hydrogen + film.MobileProtons - film.Given);
        }
        Assert.True(film.Events > 300);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_long_rest_and_a_draw_are_one_equilibrium(bool before)
    {
        // Rates that take the potentials before the event have another equilibrium, unless every transfer coefficient is 1/2.
        Device device = Small with
        {
            Geometry = new() { Length = 12e-9, Width = 10e-9 },
            Pd = Small.Pd with { TransferCoefficient = 0.1 },
            Psg = Small.Psg with { SternThickness = 0.8e-9 },
        };
        KineticFilm film = Film(device, new() { BeforeEvent = before });
        Random random = NoiseBlock.Numbers(2, 0, 0);
        double[] drawn = new double[3000], rested = new double[3000];
        for (int i = 0; i < drawn.Length; i++)
        {
            film.Draw(3, random);
            drawn[i] = film.GateVoltage;
        }
        for (int i = 0; i < rested.Length; i++)
        {
            film.Rest(1e-3);
            rested[i] = film.GateVoltage;
        }
        SampleMoments a = new(drawn), b = new(rested);
        double lag = Math.Max(0, SampleMoments.LagOne([rested], b.Mean));
        double stretch = Math.Sqrt((1 + lag) / (1 - lag)), width = a.DeviationError + b.DeviationError * stretch;
        bool same = Math.Abs(a.Mean - b.Mean) < 3 * (a.MeanError + b.MeanError * stretch)
            && Math.Abs(a.Deviation - b.Deviation) < 3 * width;
        Assert.Equal(before, !same);
    }

    [Fact]
    public void The_harmonic_chain_gives_the_deviations_of_the_draws()
    {
        KineticFilm film = Film(Frozen with { Psg = Frozen.Psg with { Thickness = 10e-9 } });
        Random random = NoiseBlock.Numbers(3, 0, 0);
        var atoms = new double[4000];
        for (int i = 0; i < atoms.Length; i++)
        {
            film.Draw(0, random);
            atoms[i] = film.Hydrogen;
        }
        var moments = new SampleMoments(atoms);
        double ladder = HydrogenLadder.Deviation(film.Film, film.Equilibrium.MostProbable, moments.Mean);
        Assert.Equal(film.Equilibrium.Deviation[^1], ladder, 0.01 * ladder);
        Assert.Equal(ladder, moments.Deviation, 3 * moments.DeviationError);
        Assert.True(HydrogenLadder.CompactLayerAlone(film.Film) > 1.5 * ladder);
    }

    [Fact]
    public void Electrons_behind_a_resistance_scatter_like_those_of_an_ideal_source()
    {
        // The time constant R C is 0.1 ps: the hold is long.
        KineticFilm ideal = Film(Small), behind = Film(Small with { Gate = Small.Gate with { SeriesResistance = 5e4 } });
        double Deviation(KineticFilm film, out double mean)
        {
            Random random = NoiseBlock.Numbers(4, 0, 0);
            var steps = new double[3000];
            for (int i = 0; i < steps.Length; i++)
            {
                film.Draw(0, random);
                steps[i] = film.Pulse(new(double.NaN, 0, 0, 1e-12)).Step;
            }
            mean = steps.Average();
            return new SampleMoments(steps).Deviation;
        }
        double theory = Math.Sqrt(Constants.ThermalVoltage(300) / ideal.Film.TotalVoltagePerCharge);
        Assert.Equal(theory, Deviation(ideal, out double first), 0.05 * theory);
        Assert.Equal(theory, Deviation(behind, out double second), 0.05 * theory);
        Assert.InRange(Math.Abs(first) + Math.Abs(second), 0, 4 * theory / Math.Sqrt(3000));
    }

    [Theory]
    [InlineData(HopLaw.Sinh)]
    [InlineData(HopLaw.Saturating)]
    [InlineData(HopLaw.Washboard)]
    [InlineData(HopLaw.GaussianDisorder)]
    public void The_mean_is_that_of_the_solver_on_lattice_planes(HopLaw law)
    {
        Device device = CalibrationRules.Resolve(Frozen with { Psg = Frozen.Psg with { HopLaw = law } });
        var point = new NoisePoint { Device = device, Amplitude = law == HopLaw.Washboard ? 9.5 : 10, Width = 5e-9, Edge = 1.1e-9 };
        NoiseStatistics s = new NoiseRun([point], new() { Pulses = 750 }).Run()[0];
        double lattice = LatticeReference.Step(point);
        Assert.InRange(s.Pulse.Mean, lattice * 0.99 - 3 * s.Pulse.MeanError, lattice * 1.01 + 3 * s.Pulse.MeanError);
    }

    /// <summary>
    /// Frozen site energies of Gaussian width s slow the first hops of protons in equilibrium: rates take half the difference of two
    /// sites, so that the mean over occupied sites is e^(s^2/4) over e^(s^2/2), both in kT. The compact
    /// layers, a twentieth of the way, have no second site.
    /// </summary>
    [Fact]
    public void Site_disorder_slows_short_pulses_by_its_closed_form()
    {
        double width = Constants.ThermalVoltage(300);
        NoisePoint point = new() { Device = Frozen, Amplitude = 10, Width = 5e-9, Edge = 1.1e-9 };
        PointOptions even = new() { Pairs = false, Cell = 17e-9 };
        double Mean(PointOptions options, out double error)
        {
            NoiseStatistics s = new NoiseRun([point with { Points = options }], new() { Pulses = 1500 }).Run()[0];
            error = s.Pulse.MeanError / s.Pulse.Mean;
            return s.Pulse.Mean;
        }
        double ratio = Mean(even with { SiteDisorder = width, Relaxations = 12, FirstRelaxations = 400 }, out double first)
            / Mean(even, out double second);
        Assert.InRange(ratio / Math.Exp(-0.25), 0.96 - 2 * double.Hypot(first, second), 1.04 + 2 * double.Hypot(first, second));
    }

    /// <summary>A cell that is empty for most of a pulse must fill at the voltage of that moment.</summary>
    [Fact]
    public void Point_charges_without_forces_enter_an_empty_cell_as_planes_do()
    {
        Device device = CalibrationRules.Resolve(Frozen with
        {
            Psg = Frozen.Psg with { FixedChargeDensity = 1e23, RelativePermittivity = 80, ActivationEnergy = double.NaN },
        });
        PointOptions free = new() { Pairs = false, KeepsContent = false, FirstRelaxations = 0, Cell = 10e-9 };
        var point = new NoisePoint { Device = device, Amplitude = 10, Width = 40e-9, Edge = 1.1e-9, Points = free };
        LatticeFilm lattice = NoiseBlock.FilmOf(point, new());
        PointFilm sites = PointFilm.Factory(lattice, NoiseBlock.Mesh(lattice), free)(NoiseBlock.Numbers(6, 0, 0));
        var planes = new KineticFilm(lattice, NoiseBlock.Mesh(lattice));
        SampleMoments Sample(DrivenFilm film)
        {
            var charge = new double[3000];
            for (int i = 0; i < charge.Length; i++)
            {
                film.Draw(0, NoiseBlock.Numbers(6, 1, i));
                charge[i] = film.Pulse(point.Pulse).Mean;
            }
            return new(charge);
        }
        SampleMoments a = Sample(sites), b = Sample(planes);
        Assert.Equal(b.Mean, a.Mean, 3 * double.Hypot(a.MeanError, b.MeanError));
    }

    [Fact]
    public void Laws_without_events_are_refused()
    {
        Assert.Contains("gas.enabled",
            Assert.Throws<NotSupportedException>(() => Film(Frozen with { Gas = Frozen.Gas with { Enabled = true } })).Message);
        Assert.Throws<NotSupportedException>(() => Film(Frozen with { Psg = Frozen.Psg with { TrapDensity = 1e25 } }));
        Assert.Throws<NotSupportedException>(() => Film(Frozen with { Wo3 = Frozen.Wo3 with { SpaceCharge = true } }));
        Assert.Throws<ArgumentException>(() => Film(Frozen with { Psg = Frozen.Psg with { Thickness = 5e-10 } }));
    }
}

using System.CommandLine;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Laws;
using FvSolver.Cases.Input;
using FvSolver.Cases.Measures;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Materials;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv fit</c>: fits a closed-form law, or parameters of the solver, to data.</summary>
public static class FitCommand
{
    private const string Solver = "solver";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var data = new Argument<string>("DATA") { Description = "CSV, or a table of a result: FILE.h5:pulses, FILE.h5:series." };
        var law = new Argument<string>("LAW")
        {
            Description =
                $"{string.Join(", ", LawCatalogue.Names)} (each also with -log: fit of logarithms), or {Solver}: parameters of a case "
                    + "(--case, --free).",
        };
        var x = new Option<string?>("--x")
        {
            Description =
            "Columns of the inputs, with commas; row for the number of the row (default: those that the law names, else in order).",
            HelpName = "NAMES"
        };
        var y = new Option<string?>("--y")
        {
            Description = "Column to fit; a minus in front changes its sign (default: the last).",
            HelpName = "NAME"
        };
        var sigma = new Option<string?>("--sigma") { Description = "Column of standard deviations.", HelpName = "NAME" };
        var weights = new Option<bool>("--weights-only") { Description = "Sigmas weigh the points against each other, no more." };
        Option<string[]> start = Many("--start", "Start value of a parameter.", "name=value"),
            bound = Many("--bound", "Bounds of a parameter.", "name=low:high");
        Option<string[]> prior = Many("--prior", "What is known of a parameter: mean:sigma (of ln p on a logarithmic scale).",
            "name=mean:sigma");
        Option<string[]> fix = Many("--fix", "Hold a parameter.", "name=value");
        Option<string[]> free = Many("--free", "With the law 'solver': a parameter of the case with its bounds.", "path=low:high");
        var caseName = new Option<string?>("--case")
        {
            Description = "With the law 'solver': the case; inputs are paths in it (amplitude, width: of its first step).",
            HelpName = "CASE"
        };
        var figure = new Option<string>("--figure")
        {
            Description = "With the law 'solver': figure of the run that the data are of.",
            DefaultValueFactory = _ => "step_first"
        };
        Option<int> bootstrap = IntegerOption.Create("--bootstrap", "Number of synthetic data sets (residuals; --pairs draws points).", 0,
            100_000, 0);
        var pairs = new Option<bool>("--pairs") { Description = "Bootstrap whole points." };
        var seed = new Option<int>("--seed") { Description = "Seed of the bootstrap.", DefaultValueFactory = _ => 1 };
        var level = new Option<double>("--confidence") { Description = "Level of the intervals.", DefaultValueFactory = _ => 0.95 };
        Option<double?> thickness = QuantityOption.Create("--thickness", "m", "Thickness of the film, for the joint law (default 10 nm).",
            mustBePositive: true);
        Option<double?> temperature = QuantityOption.Create("--temperature", "K", "Temperature (default 300 K).", mustBePositive: true);
        var output = new Option<string?>("--output",
            "-o")
        { Description = "Picture of data, fit and residuals (.png or .svg; default: results/DATA-fit.png).", HelpName = "FILE" };
        Option<bool> force = ForceOption.Create();
        var command = new Command("fit",
            "Fit a law or parameters of the solver to data, with bounds, weights, intervals, residuals and bootstrap.")
        {
            data, law, x, y, sigma, weights, start, bound, prior, fix, free, caseName, figure, bootstrap, pairs, seed, level, thickness,
            temperature, output, force,
        };
        var json = new JsonOption(command);
        command.SetAction((parsed, cancel) => Task.FromResult(InputTrouble.Report(() =>
        {
            string name = parsed.GetValue(law)!, file = parsed.GetValue(data)!;
            string picture = parsed.GetValue(output)
                ?? Path.Combine("results", Path.GetFileNameWithoutExtension(file.Split(':')[0]) + "-fit.png");
            FigureImage.RequireFormat(picture);
            OutputFile.RequireApart(picture, file);
            OutputFile.Check(parsed.GetValue(force), picture);
            DataSource source = DataSource.Read(file);
            string observed = parsed.GetValue(y) ?? source.Names[^1];
            double[] values = source.Signed(observed);
            double[]? sigmas = parsed.GetValue(sigma) is { } column ? source.Column(column) : null;
            ILaw? closed = name == Solver ? null : LawCatalogue.Create(name, parsed.GetValue(thickness) ?? 10e-9,
                parsed.GetValue(temperature) ?? 300);
            string[] inputs = parsed.GetValue(x)?.Split(',', StringSplitOptions.TrimEntries)
                ?? (closed is null ? [.. source.Names.Where(n => n != observed.TrimStart('-') && n != parsed.GetValue(sigma))]
                    : source.Inputs(closed.Inputs, [observed.TrimStart('-'), parsed.GetValue(sigma) ?? ""]));
            double[][] columns = [.. inputs.Select(source.Signed)];
            string Unit(string parameter) => closed?.Parameters.FirstOrDefault(p => p.Name == parameter)?.Unit is { } unit
                && UnitIsKnown(unit)
                ? unit
                : ParameterCatalogue.Device.Find(parameter)?.Unit ?? "1";
            Dictionary<string, double> held = NamedValues.Numbers("--fix", parsed.GetValue(fix)!, Unit);
            Dictionary<string, double> starts = NamedValues.Numbers("--start", parsed.GetValue(start)!, Unit);
            foreach ((string parameter, double value) in held)
                starts[parameter] = value;
            var options = new FitOptions
            {
                Cancel = cancel,
                ConfidenceLevel = parsed.GetValue(level),
                AbsoluteSigma = sigmas is not null && !parsed.GetValue(weights),
                Start = starts,
                Fixed = held.Keys,
                Bounds = NamedValues.Pairs("--bound", parsed.GetValue(bound)!, Unit)
                    .ToDictionary(p => p.Key, p => (p.Value.First, p.Value.Second)),
                Priors = NamedValues.Pairs("--prior", parsed.GetValue(prior)!, Unit)
                    .ToDictionary(p => p.Key, p => new GaussianPrior(p.Value.First, p.Value.Second)),
                Bootstrap = parsed.GetValue(bootstrap) is > 0 and int count
                    ? new(parsed.GetValue(pairs) ? BootstrapKind.Pairs : BootstrapKind.Residuals, count, parsed.GetValue(seed))
                    : null,
            };
            TextWriter text = json.Words(parsed);
            FitResult fit;
            string equation, remark = "";
            if (closed is null)
            {
                CaseDefinition definition = CaseReader.Read(
                    parsed.GetValue(caseName) ?? throw new ArgumentException($"the law '{Solver}' needs --case"));
                fit = OfSolver(definition, inputs, columns, values, sigmas, parsed.GetValue(figure)!,
                    NamedValues.Pairs("--free", parsed.GetValue(free)!, Unit), options, cancel);
                equation = $"{parsed.GetValue(figure)} of {definition.SourceName}, run at each row";
            }
            else
            {
                var data = new FitData(columns, values, sigmas);
                fit = Fit.Run(closed, data, options);
                equation = closed.Equation;
                remark = closed.Remark([.. fit.Parameters.Select(p => p.Value)], data);
            }
            text.WriteLine($"{equation}; {values.Length} points of {file}");
            if (closed is not null && !inputs.SequenceEqual(closed.Inputs))
                text.WriteLine(
                    $"with {string.Join(", ", closed.Inputs.Zip(inputs, (law, column) => $"{law} = {column}"))} "
                        + $"and {observed} as the value");
            FitReport.Write(text, fit, options.ConfidenceLevel);
            if (remark.Length > 0)
                text.WriteLine(remark);
            FigureImage.Save(FitReport.Picture($"{name} fit of {observed}", equation, Axis(source, inputs[0]), Axis(source, observed),
                columns[0], values, sigmas, fit), picture);
            text.WriteLine($"picture: {picture}");
            json.Write(parsed, () => new
            {
                Law = name,
                Equation = equation,
                Data = file,
                Points = values.Length,
                fit.Converged,
                Parameters = FitReport.Json(fit),
                Correlation = FitReport.CorrelationRows(fit),
                Residual = Math.Sqrt(fit.ReducedSumOfSquares),
                fit.DegreesOfFreedom,
                fit.WorstRelativeResidual,
                fit.Warnings,
                Remark = remark,
                Picture = picture,
            });
            return fit.Converged ? ExitCode.Success : ExitCode.NumericalFailure;
        })));
        return command;
    }

    private static FitResult OfSolver(
        CaseDefinition definition, string[] inputs, double[][] columns, double[] observed, double[]? sigma, string figure,
        Dictionary<string, (double Low, double High)> free, FitOptions options, CancellationToken cancel)
    {
        if (free.Count == 0)
            throw new ArgumentException($"the law '{Solver}' needs at least one --free path=low:high");
        string[] paths = [.. free.Keys];
        double[][] rows = [.. Enumerable.Range(0, observed.Length).Select(i => columns.Select(c => c[i]).ToArray())];
        var model = new CaseModel(definition, inputs, rows, figure, paths);
        double Start(string path) => options.Start.TryGetValue(path, out double given) ? given
            : Convert.ToDouble(definition.Parameters.First(p => p.Path == path).Value) is var value && value >= free[path].Low
                && value <= free[path].High
                ? value
                : Math.Sqrt(free[path].Low * free[path].High);
        return Fit.Run(new()
        {
            Parameters = [.. paths.Select(p => new FitParameter(p, ParameterCatalogue.Device[p].Unit)
            {
                Lower = free[p].Low,
                Upper = free[p].High,
                LogScale = free[p].Low > 0,
                Prior = options.Priors.GetValueOrDefault(p),
            })],
            Start = [.. paths.Select(Start)],
            Model = p => model.Evaluate(p, cancel),
            Observed = observed,
            Sigma = sigma,
        }, options with { DifferenceStep = 1e-2, StepTolerance = 1e-4, MaxIterations = 30 });
    }

    private static AxisSpec Axis(DataSource source, string column) => new(column, source.Unit(column.TrimStart('-')));

    private static bool UnitIsKnown(string unit) => UnitExpression.Parse(unit) is not null;

    private static Option<string[]> Many(string name, string description, string help) => new(name)
    {
        Description = description + " May be repeated.",
        HelpName = help,
        DefaultValueFactory = _ => [],
    };
}

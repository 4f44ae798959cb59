namespace FvSolver.Solver.Time;

/// <summary>Coefficients of a stiffly accurate Rosenbrock method in the form without matrix-vector products.</summary>
/// <remarks>
/// (M/(h gamma) - J) k_i = F(t + alpha_i h, u + sum_j a_ij k_j) + M sum_j (c_ij/h) k_j + gamma_i h dF/dt
/// (Hairer and Wanner, Solving Ordinary Differential Equations II, IV.7, eq. 7.25). The last three rows of a share
/// their first entries: u_1 = u + sum_j a_sj k_j + k_s, and k_s is the error estimate.
/// </remarks>
public sealed record RosenbrockTableau
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Order of the solution; the embedded solution is one lower.</summary>
    public required int Order { get; init; }

    /// <summary>gamma.</summary>
    public required double Gamma { get; init; }

    /// <summary>a_ij, rows of increasing length; row s - 1 with a 1 appended gives the solution.</summary>
    public required double[][] A { get; init; }

    /// <summary>c_ij, rows of increasing length.</summary>
    public required double[][] C { get; init; }

    /// <summary>alpha_i.</summary>
    public required double[] Alpha { get; init; }

    /// <summary>gamma_i.</summary>
    public required double[] GammaSum { get; init; }

    /// <summary>Number of stages.</summary>
    public int Stages => Alpha.Length;

    /// <summary>RODAS: Hairer and Wanner, Solving Ordinary Differential Equations II, 2nd ed.
    /// (1996), IV.10, code RODAS with METH = 1.</summary>
    public static RosenbrockTableau Rodas4 { get; } = Sixth("RODAS4", 0.25,
        [0.386, 0.21, 0.63], [0.25, -0.1043, 0.1035, -0.03620000000000023],
        [
            [1.544],
            [0.9466785280815826, 0.2557011698983284],
            [3.314825187068521, 2.896124015972201, 0.9986419139977817],
            [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950],
        ],
        [
            [-5.6688],
            [-2.430093356833875, -0.2063599157091915],
            [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
            [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160],
            [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
        ]);

    /// <summary>RODASP: Steinebach, Preprint 1741, TU Darmstadt (1995): order 4 also for parabolic problems.</summary>
    public static RosenbrockTableau Rodas4P { get; } = Sixth("RODASP", 0.25,
        [0.75, 0.21, 0.63], [0.25, -0.5, -0.023504, -0.0362],
        [
            [3],
            [1.831036793486759, 0.4955183967433795],
            [2.304376582692669, -0.05249275245743001, -1.176798761832782],
            [-7.170454962423024, -4.741636671481785, -16.31002631330971, -1.062004044111401],
        ],
        [
            [-12],
            [-8.791795173947035, -2.207865586973518],
            [10.81793056857153, 6.780270611428266, 19.53485944642410],
            [34.19095006749676, 15.49671153725963, 54.74760875964130, 14.16005392148534],
            [34.62605830930532, 15.30084976114473, 56.99955578662667, 18.40807009793095, -5.714285714285717],
        ]);

    /// <summary>Rodas5P: Steinebach, BIT Numer. Math. 63, 27 (2023), 8 stages.</summary>
    public static RosenbrockTableau Rodas5P { get; } = Eighth("Rodas5P", 0.21193756319429014,
        [0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664],
        [0.21193756319429014, -0.42387512638858027, -0.3384627126235924, 1.8046452872882734, 2.325825639765069],
        [
            [3.0],
            [2.849394379747939, 0.45842242204463923],
            [-6.954028509809101, 2.489845061869568, -10.358996098473584],
            [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641],
            [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946],
        ],
        [
            [-14.155112264123755],
            [-17.97296035885952, -2.859693295451294],
            [147.12150275711716, -1.41221402718213, 71.68940251302358],
            [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306],
            [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471],
            [30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623, -28.087943162872662],
            [37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002, -54.66780262877968,
                -9.48861652309627],
        ]);

    private static RosenbrockTableau Sixth(
        string name, double gamma, double[] alpha, double[] gammaSum, double[][] a, double[][] c) => new()
        {
            Name = name,
            Order = 4,
            Gamma = gamma,
            A = [[], .. a, [.. a[^1], 1]],
            C = [[], .. c],
            Alpha = [0, .. alpha, 1, 1],
            GammaSum = [.. gammaSum, 0, 0],
        };

    private static RosenbrockTableau Eighth(
        string name, double gamma, double[] alpha, double[] gammaSum, double[][] a, double[][] c) => new()
        {
            Name = name,
            Order = 5,
            Gamma = gamma,
            A = [[], .. a, [.. a[^1], 1], [.. a[^1], 1, 1]],
            C = [[], .. c],
            Alpha = [0, .. alpha, 1, 1, 1],
            GammaSum = [.. gammaSum, 0, 0, 0],
        };
}

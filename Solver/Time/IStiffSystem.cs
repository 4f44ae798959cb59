using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.LinearAlgebra;

namespace FvSolver.Solver.Time;

/// <summary>A system M du/dt = F(t, u) of index at most 1, with quadratures dq/dt = Q(t, u) beside it.</summary>
/// <remarks>
/// M is diagonal but for <see cref="MassCouplings"/>; a zero on its diagonal marks an algebraic row. Quadratures depend on the unknowns
/// but nothing depends on them, so they take no part in the factorisation. Evaluations are pure: they
/// depend on their arguments and the drive only.
/// </remarks>
/// <typeparam name="P">One number, or the lanes of several devices.</typeparam>
public interface IStiffSystem<P>
    where P : struct, IParameter<P>
{
    /// <summary>Number of unknowns.</summary>
    int Size { get; }

    /// <summary>Number of quadratures.</summary>
    int QuadratureCount { get; }

    /// <summary>Diagonal of M.</summary>
    P[] Mass { get; }

    /// <summary>
    /// Entries of M off its diagonal, all of them in the pattern of the solver: a row that stores a combination of
    /// unknowns, e.g. the charge on a capacitor between two of them. Their values change only with the diagonal.
    /// </summary>
    IReadOnlyList<MassCoupling<P>> MassCouplings => [];

    /// <summary>Sums that the equations keep.</summary>
    IReadOnlyList<ConservedSum<P>> Conserved => [];

    /// <summary>
    /// Algebraic unknowns that count in the norm of the error. Others follow the differential ones closely enough; one that an exponential
    /// ties to them must be held close to the solution, since the stages, which are linear in it,
    /// do not find back from afar at any step size.
    /// </summary>
    IReadOnlyList<int> ControlledAlgebraic => [];

    /// <summary>
    /// Ranges of unknowns in which a step must end. Outside of them F may have no value, or drive the state further away: no step finds
    /// back, however short.
    /// </summary>
    IReadOnlyList<UnknownRange<P>> Ranges => [];

    /// <summary>Typical size of each unknown: the floor of its error weight.</summary>
    double[] Scale { get; }

    /// <summary>Linear solver for the pattern of dF/du.</summary>
    ILinearSolver<P> Solver { get; }

    /// <summary>
    /// For each quadrature the weights with which F itself enters Q, or null; set by <see cref="Jacobian"/>. Such a quadrature adds up
    /// w(u) F: with the weights the product w dF/du need not be formed, since the linear system of a step gives it.
    /// </summary>
    IReadOnlyList<P[]?> RateWeights => [];

    /// <summary>For each quadrature the unknowns by which its row of dQ/du has entries, or null for all.</summary>
    IReadOnlyList<int[]?> QuadratureSupport => [];

    /// <summary>
    /// Part of the sum kept by <see cref="Income"/> and <see cref="Stored"/> that counts as an error of 1 in a step of the coming segment,
    /// times rtol; 0 when the sum is not to be watched.
    /// </summary>
    double BalanceScale => 0;

    /// <summary>Rows of F that depend on time explicitly, or null for all.</summary>
    IReadOnlyList<int>? TimeRows => null;

    /// <summary>F and Q at a time [s] and state.</summary>
    void Residual(double time, P[] state, P[] rate, P[] quadratureRate);

    /// <summary>The same, with F added to what is in the vector. By default by way of a new vector: systems
    /// whose steps must not allocate do without.</summary>
    void AddResidual(double time, P[] state, P[] rate, P[] quadratureRate)
    {
        var own = new P[rate.Length];
        Residual(time, state, own, quadratureRate);
        VectorMath.AddScaled(VectorMath.Doubles(rate), 1, VectorMath.Doubles(own));
    }

    /// <summary>
    /// Forms what a stage starts from, its point and what the stages before give to its right-hand
    /// side, and adds F at the point to the latter.
    /// </summary>
    void AddStage(double time, StageSums<P> sums, P[] point, P[] rate, P[] quadratureRate)
    {
        sums.Form(point, rate);
        AddResidual(time, point, rate, quadratureRate);
    }

    /// <summary>
    /// dF/du in the layout of <see cref="Solver"/>, and dQ/du as one row a quadrature, without the part w dF/du of those with
    /// <see cref="RateWeights"/>. Entries outside of <see cref="QuadratureSupport"/> are left as they are: the caller gives rows of zeros.
    /// </summary>
    void Jacobian(double time, P[] state, Span<P> jacobian, P[][] quadratureGradient);

    /// <summary>
    /// <see cref="Residual"/> and <see cref="Jacobian"/> at the same time and state: what both need may be worked out once.
    /// </summary>
    void Linearise(double time, P[] state, P[] rate, P[] quadratureRate, Span<P> jacobian, P[][] quadratureGradient)
    {
        Residual(time, state, rate, quadratureRate);
        Jacobian(time, state, jacobian, quadratureGradient);
    }

    /// <summary>dF/dt and dQ/dt at fixed unknowns; entries of the former outside of <see cref="TimeRows"/> are left as they are.</summary>
    void TimeDerivative(double time, P[] state, P[] rate, P[] quadratureRate);

    /// <summary>What the growth of the quadratures says has come in, which along a solution is that of <see cref="Stored"/>.</summary>
    P Income(P[] quadratures) => default;

    /// <summary>What a state stores.</summary>
    P Stored(P[] state) => default;
}

/// <summary>An entry of M off its diagonal.</summary>
/// <param name="Row">Row.</param>
/// <param name="Column">Column.</param>
/// <param name="Value">Entry.</param>
public readonly record struct MassCoupling<P>(int Row, int Column, P Value)
    where P : struct;

/// <summary>The range of some unknowns in turn, both ends included.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Count">Their number.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct UnknownRange<P>(int Start, int Count, P Low, P High)
    where P : struct;

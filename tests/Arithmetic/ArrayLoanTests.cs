using FvSolver.Solver.Arithmetic;
using Xunit;

namespace FvSolver.Tests.Arithmetic;

/// <summary>Arrays on loan serve one owner after the other.</summary>
public class ArrayLoanTests
{
    [Fact]
    public void An_array_that_was_given_back_comes_again_as_zeros()
    {
        ArrayLoan first = new(), second = new();
        Lanes[] one = [], other = [], outside;
        // A length that nothing else on this thread has.
        first.Make(() => one = AlignedArray.Create<Lanes>(12347));
        Array.Fill(one, Lanes.From(double.NaN));
        outside = AlignedArray.Create<Lanes>(12347);
        Assert.NotSame(one, outside);
        first.Return();
        second.Make(() => other = AlignedArray.Create<Lanes>(12347));
        Assert.Same(one, other);
        Assert.All(other, x => Assert.Equal(0, x[0]));
        second.Make(() => one = AlignedArray.Create<Lanes>(12347));
        Assert.NotSame(one, other);
    }

    [Fact]
    public void Arrays_made_outside_of_a_loan_are_nobody_elses()
    {
        var loan = new ArrayLoan();
        Scalar[] inside = [];
        Scalar[] outside = AlignedArray.Create<Scalar>(12349);
        loan.Return();
        loan.Make(() => inside = AlignedArray.Create<Scalar>(12349));
        Assert.NotSame(inside, outside);
    }
}

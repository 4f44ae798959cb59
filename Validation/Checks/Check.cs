namespace FvSolver.Validation.Checks;

/// <summary>One number held against its expected value.</summary>
/// <param name="Quantity">What it is, in words.</param>
/// <param name="Unit">Unit as text; <c>1</c> without.</param>
/// <param name="Computed">What came out.</param>
/// <param name="Expected">What must come out; NaN when the band is all there is.</param>
/// <param name="Band">How far they may be apart.</param>
public sealed record Check(string Quantity, string Unit, double Computed, double Expected, Band Band)
{
    /// <summary>A number whose bounds are all that is known.</summary>
    public Check(string quantity, string unit, double computed, Band band) : this(quantity, unit, computed, double.NaN, band)
    {
    }

    /// <summary>True when the number is inside its band.</summary>
    public bool Passed => Band.Contains(Computed, Expected);
}

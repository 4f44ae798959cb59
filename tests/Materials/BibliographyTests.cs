using FvSolver.Materials;
using Xunit;

namespace FvSolver.Tests.Materials;

public class BibliographyTests
{
    [Theory]
    [InlineData("onen2022",
        "Murat Onen et al., Nanosecond protonic programmable resistors for analog deep learning, Science 377, 539-543 (2022)")]
    [InlineData("cahill1990",
        "David G. Cahill, Thermal conductivity measurement from 30 to 750 K: the 3\u03c9 method, "
        + "Review of Scientific Instruments 61, 802-808 (1990)")]
    [InlineData("haynes2016", "William M. Haynes, CRC Handbook of Chemistry and Physics, CRC Press (2016)")]
    public void A_work_is_cited_in_one_line(string key, string citation) => Assert.Equal(citation, Bibliography.Works[key].Citation);

    [Theory]
    [InlineData("Crandall, R. S. and Wojtowicz, P. J. and Faughnan, B. W.", "R. S. Crandall, P. J. Wojtowicz, B. W. Faughnan")]
    [InlineData("A, B. and C, D. and E, F. and G, H.", "B. A et al.")]
    [InlineData("B{\\\"a}ssler, H.", "H. B\u00e4ssler")]
    [InlineData("V{\\'e}rtes, {\\'A}kos", "\u00c1kos V\u00e9rtes")]
    [InlineData("del Alamo, Jes{\\'u}s A.", "Jes\u00fas A. del Alamo")]
    [InlineData("Ozoli{\\c{n}}{\\v{s}}, Vidvuds", "Vidvuds Ozoli\u0146\u0161")]
    public void Authors_are_named_as_people_are(string authors, string names) =>
        Assert.Equal($"{names}, T, P (1990)", Cited(("author", authors), ("title", "T"), ("publisher", "P"), ("year", "1990")));

    [Fact]
    public void What_a_work_does_not_have_leaves_no_trace() =>
        Assert.Equal("A, T, J (1)", Cited(("author", "A"), ("title", "T"), ("journal", "J"), ("year", "1")));

    [Fact]
    public void A_letter_that_is_not_known_is_named()
    {
        FormatException error = Assert.Throws<FormatException>(() => Cited(("author", "Erd{\\H}{\\\"o}s, P.")));
        Assert.Equal("there is no letter for \\\"o; add it", error.Message);
    }

    [Fact]
    public void Works_are_found_by_the_keys_of_a_reference_in_their_order()
    {
        IReadOnlyList<Work> works = Bibliography.CitedIn("onen2022 eq. 1; washboard: ambegaokar1969, onen2022; nobody1900");
        Assert.Equal(["onen2022", "ambegaokar1969"], works.Select(w => w.Key));
        Assert.Equal("10.1126/science.abp8064", works[0].Doi);
        Assert.Null(Bibliography.Works["vertes1983"].Doi);
        Assert.StartsWith("@article{onen2022,", works[0].BibTeX);
    }

    private static string Cited(params (string Name, string Value)[] fields) =>
        new Work("key", "", fields.ToDictionary(f => f.Name, f => f.Value)).Citation;
}

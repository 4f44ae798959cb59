using FvSolver.Validation;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Claims;
using FvSolver.Validation.Report;
using FvSolver.Validation.Running;
using Xunit;

namespace FvSolver.Tests.Validation;

public class PaperClaimsTests
{
    [Fact]
    public void A_claim_names_a_case_of_the_suite_or_says_why_there_is_none()
    {
        HashSet<string> ids = [.. Suite.Cases.Select(c => c.Id)];
        Assert.All(PaperClaims.All, c => Assert.True(c.CaseId is null ? c.Note.Length > 0 : ids.Contains(c.CaseId), c.Statement));
        Assert.Equal(PaperClaims.All.Count, PaperClaims.All.Select(c => c.Statement).Distinct().Count());
    }

    [Fact]
    public void A_verdict_follows_the_number_of_its_case_and_quick_cases_have_the_numbers_that_claims_quote()
    {
        string[] cited = [.. PaperClaims.All.Select(c => c.CaseId).OfType<string>().Distinct()];
        ValidationCase[] cases = [.. Suite.Cases.Where(
            c => c.Quick && cited.Contains(c.Id) && c.Id.StartsWith("figures.", StringComparison.Ordinal))];
        CaseResult[] results = [.. cases.Select(c => new CaseResult(c, new(c.Run(new RunContext(true)), null, 0), null))];
        foreach (Claim claim in PaperClaims.All.Where(c => cases.Any(k => k.Id == c.CaseId)))
        {
            Assert.Contains(claim.Verdict(results), (string[])["met", "not met", "contradicted"]);
            if (claim.Quantity is not null)
                Assert.NotEqual("all numbers within their bands", claim.Computed(results));
        }
        Claim barrier = PaperClaims.All.Single(c => c.CaseId == "figures.saturation-field");
        Assert.Equal(("contradicted", "not run"), (barrier.Verdict(results), barrier.Verdict([])));
        Assert.Contains("contradicted", ClaimsPage.Write(PaperClaims.All, results, new RunInfo(DateTime.UnixEpoch, 0, "some")));
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FvSolver.Pages.Explore;

/// <summary>What the user of a live page has changed.</summary>
internal sealed record ExploreState
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Values by path, as in <c>--set</c>.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Steps in place of the protocol of the case; null while it is the case's own.</summary>
    public List<Dictionary<string, string>>? Protocol { get; init; }

    /// <summary>Name of the case to be saved, without folder; empty unless it is to be.</summary>
    public string Name { get; init; } = "";

    /// <summary>Reads what a page sends.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ExploreState Read(string json) =>
        JsonSerializer.Deserialize<ExploreState>(json, Json) ?? throw new JsonException("nothing was sent");
}

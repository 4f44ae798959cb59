using System.Net.Http.Headers;
using System.Text.Json;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Pages.Explore;

namespace FvSolver.Validation.Bench.Workloads;

/// <summary>The live page, from a change to the data of its picture: through the server, as the page asks.</summary>
internal sealed class ExploreLatency : Workload
{
    public override string Id => "explore";

    public override string Title => "fv explore: from a change of the thickness to the data of the picture, by HTTP";

    // Page, server and solver have threads of their own.
    public override bool IsPinned => false;

    public override IEnumerable<Measurement> Run(BenchContext context)
    {
        (string Variant, string Case, string[] Settings, int Pulses)[] variants =
        [
            ("single, 1 pulse", "single", [], 1),
            ("single, 20 pulses", "single", ["protocol.0.count=20"], 20),
            .. context.Quick ? Array.Empty<(string, string, string[], int)>()
                : [("fig2a, 2000 pulses", "fig2a", [], 2000), ("fig2a, 2000 pulses, maps", "fig2a", [FastOption.Setting], 2000)],
        ];
        foreach ((string variant, string name, string[] settings, int pulses) in variants)
        {
            int changes = 0;
            using var page = new LivePage(name, settings);
            // The first changes are compiled on the way.
            for (int k = 0; k < (pulses > 100 ? 1 : 20); k++)
                page.Change(++changes);
            int rounds = context.Quick ? 10 : pulses > 100 ? context.RoundCount : 51;
            Timing[][] times = Rounds.Run(rounds, context.Cancel, () => Rounds.Time(() => page.Change(++changes)));
            yield return new()
            {
                Workload = Id,
                Variant = variant,
                RoundSeconds = [.. times[0].Select(t => t.Seconds)],
                ProcessorSeconds = times[0].Min(t => t.ProcessorSeconds),
                Pulses = pulses,
                Note = $"{page.Length / 1e3:f0} kB a picture{(page.Mapped > 0 ? $", {page.Mapped} pulses mapped" : "")}",
            };
        }
    }

    /// <summary>A server with a page that changes the thickness, never twice to the same.</summary>
    private sealed class LivePage : IDisposable
    {
        private readonly ExploreServer _server;
        private readonly HttpClient _client = new();
        private byte[] _answer = [];

        public LivePage(string name, string[] settings)
        {
            _server = ExploreServer.Start(new(CaseReader.Read(name, settings)), name, 0).GetAwaiter().GetResult();
            _client.DefaultRequestHeaders.Add("Origin", new Uri(_server.Address).GetLeftPart(UriPartial.Authority));
        }

        /// <summary>Bytes of the last answer.</summary>
        public int Length => _answer.Length;

        /// <summary>Pulses that maps gave in the last run.</summary>
        public double Mapped => LastLine().GetProperty("results")[0].GetProperty("figures").EnumerateArray()
            .Where(f => f.GetProperty("name").GetString() == "mapped_pulses")
            .Select(f => f.GetProperty("value").GetDouble()).FirstOrDefault();

        private JsonElement LastLine() =>
            JsonDocument.Parse(_answer.AsMemory(_answer.AsSpan(0, _answer.Length - 1).LastIndexOf((byte)'\n') + 1)).RootElement;

        public void Change(int number)
        {
            string thickness = FormattableString.Invariant($"{9 + 0.001 * number} nm");
            var settings = new Dictionary<string, string> { ["psg.thickness"] = thickness };
            using var body = new StringContent(JsonSerializer.Serialize(new { settings }));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, _server.Address + "run") { Content = body };
            using HttpResponseMessage response = _client.SendAsync(request).GetAwaiter().GetResult();
            _answer = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        }

        public void Dispose()
        {
            _client.Dispose();
            _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}

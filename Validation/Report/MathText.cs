using System.Net;
using System.Text.RegularExpressions;

namespace FvSolver.Validation.Report;

/// <summary>Turns the notation of the cases into HTML: sub- and superscripts, Greek letters, minus signs, symbols in italics.</summary>
internal static partial class MathText
{
    private static readonly HashSet<string> s_upright = ["ln", "to", "of", "at", "in", "is", "or", "by", "on"];

    private static readonly Dictionary<string, string> s_letters =
        ("alpha α beta β Gamma Γ delta δ eps ε eta η theta θ lambda λ mu μ nu ν "
        + "pi π rho ρ sigma σ tau τ phi φ dphi dφ chi χ psi ψ dpsi dψ sum Σ")
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Equations, one block a line.</summary>
    public static string Equation(string text) =>
        string.Concat(text.Split('\n').Select(line => $"<div>{Line(line.Trim(), symbols: true)}</div>"));

    /// <summary>Words or a unit that may carry scripts.</summary>
    public static string Words(string text) => Line(text, symbols: false);

    private static string Line(string text, bool symbols) => Token().Replace(text, token => token switch
    {
        { Value: ['_', .. var sub] } => $"<sub>{Script(sub, symbols)}</sub>",
        { Value: ['^', .. var super] } => $"<sup>{Script(super, symbols)}</sup>",
        { Value: "-" } => "−",
        { Value: var v } when !char.IsLetter(v[0]) => WebUtility.HtmlEncode(v),
        { Value: var word } => Word(word, symbols),
    });

    private static string Word(string word, bool symbols)
    {
        string shown = s_letters.GetValueOrDefault(word, word);
        // Words stay upright; symbols have one letter, or two as in kT and dt.
        return symbols && shown.Length <= 2 && !s_upright.Contains(shown) ? $"<i>{shown}</i>" : shown;
    }

    private static string Script(string text, bool symbols) => Line(text is ['{', .. var inner, '}'] ? inner : text, symbols);

    [GeneratedRegex(@"[_^](?:\{[^}]*\}|-?\d+|\p{L}+|\d+)|\p{L}+(?:-\p{L}+)*|[-&<>""]")]
    private static partial Regex Token();
}

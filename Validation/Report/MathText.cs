using System.Net;
using System.Text.RegularExpressions;

namespace FvSolver.Validation.Report;

/// <summary>Turns the equations of the cases into HTML: sub- and superscripts, minus signs, symbols in italics.</summary>
internal static partial class MathText
{
    private static readonly HashSet<string> s_upright = ["ln", "to", "of", "at", "in", "is", "or", "by", "on"];

    /// <summary>One block a line.</summary>
    public static string ToHtml(string text) => string.Concat(text.Split('\n').Select(line => $"<div>{Line(line.Trim())}</div>"));

    private static string Line(string text) => Token().Replace(text, token => token switch
    {
        { Value: ['_', .. var sub] } => $"<sub>{Script(sub)}</sub>",
        { Value: ['^', .. var super] } => $"<sup>{Script(super)}</sup>",
        { Value: "-" } => "−",
        { Value: var v } when !char.IsLetter(v[0]) => WebUtility.HtmlEncode(v),
        // Words stay upright; symbols have one letter, or two as in kT and dt.
        { Value: var word } => word.Length > 2 || s_upright.Contains(word) ? word : $"<i>{word}</i>",
    });

    private static string Script(string text) => text is ['{', .. var inner, '}'] ? Line(inner) : Line(text);

    [GeneratedRegex(@"[_^](?:\{[^}]*\}|[\p{L}\d]+)|\p{L}+(?:-\p{L}+)*|[-&<>""]")]
    private static partial Regex Token();
}

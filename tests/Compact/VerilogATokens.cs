using System.Text.RegularExpressions;

namespace FvSolver.Tests.Compact;

/// <summary>The tokens of a Verilog-A text, by the rules of the language's manual (LRM 2.4), taken one by one.</summary>
internal sealed partial class VerilogATokens
{
    private static readonly HashSet<string> Keywords =
        [.. ("analysis module endmodule inout input output electrical parameter real integer from exclude inf analog begin end "
            + "if else for while case branch ground "
            + "string abs sinh cosh tanh exp ln log sqrt pow min max ddt idt V I").Split(' ')];
    private readonly List<(string Text, int Line)> _tokens = [];
    private int _next;

    public VerilogATokens(string text)
    {
        int line = 1, at = 0;
        while (at < text.Length)
        {
            Match token = Token().Match(text, at);
            if (!token.Success)
                throw new FormatException($"line {line}: '{text[at]}' begins no token");
            if (token.Groups["t"].Success)
                _tokens.Add((token.Value, line));
            line += token.Value.Count(c => c == '\n');
            at += token.Length;
        }
        _tokens.Add(("", line));
    }

    // Numbers need a digit on both sides of the point; ngspice's braces, quotes, ^ and suffixes are no tokens here.
    [GeneratedRegex(@"\G(?:\s+|//[^\n]*|(?<t>`include\s+""disciplines\.vams""|""[^""\n]*""|"
        + @"\(\*|\*\)|\|\||&&|\$[A-Za-z_]\w*|[A-Za-z_]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|<\+|>=|[-+*/()[?:;,=<>]))")]
    private static partial Regex Token();

    /// <summary>The token ahead; empty at the end.</summary>
    public string Peek => _tokens[_next].Text;

    /// <summary>Line of the token ahead.</summary>
    public int Line => _tokens[_next].Line;

    /// <summary>Takes the token ahead.</summary>
    public string Next() => _tokens[_next++].Text;

    public FormatException Wrong(string what) => new($"line {_tokens[_next].Line}: {what} at '{Peek}'");

    public bool Accept(string text) => Peek == text && _next++ >= 0;

    public void Expect(params string[] texts)
    {
        foreach (string text in texts)
            if (!Accept(text))
                throw Wrong($"'{text}' expected");
    }

    public string Take(bool number = false)
    {
        if (Peek.Length == 0 || char.IsDigit(Peek[0]) != number
            || (!number && (!(char.IsLetter(Peek[0]) || Peek[0] == '_') || Keywords.Contains(Peek))))
            throw Wrong(number ? "number expected" : "name expected");
        return Next();
    }

    public void List(Action item, string end)
    {
        do
            item();
        while (Accept(","));
        Expect(end);
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ContainerSdk.Images.StructureTests;

/// <summary>
/// Writes a regular expression of Go's as one of .NET's with the same matches. They differ in what ends a text, in what a digit is, and in some spellings;
/// what Go does not have (look-around, references back) is refused, so a file of tests means the same to both.
/// </summary>
internal sealed class GoSyntax
{
    private const string Word = "0-9A-Za-z_";
    private const string Blank = @"\t\n\f\r ";

    private readonly string _text;
    private readonly StringBuilder _written = new();
    private readonly Stack<bool> _outer = new();
    private bool _isMultiline;
    private int _next;

    private GoSyntax(string text) => _text = text;

    /// <exception cref="ArgumentException">It is no expression of Go's.</exception>
    public static string Translate(string text) => new GoSyntax(text).Translate();

    private string Translate()
    {
        while (_next < _text.Length)
        {
            var c = _text[_next++];
            switch (c)
            {
                case '\\': Escape(isInClass: false); break;
                case '[': Class(); break;
                case '(': Group(); break;
                case ')':
                    _written.Append(c);
                    if (_outer.TryPop(out var outer)) _isMultiline = outer;
                    break;
                case '$' when !_isMultiline: _written.Append(@"\z"); break;
                default: _written.Append(c); break;
            }
        }

        return _written.ToString();
    }

    private void Group()
    {
        _outer.Push(_isMultiline);
        _written.Append('(');
        if (!Take("?")) return;
        if (Take("P<") || (Peek() == '<' && !At("<=") && !At("<!") && Take("<")))
        {
            _written.Append("?<");
            return;
        }

        Flags();
    }

    private void Flags()
    {
        var (start, isOn, flags) = (_next, true, new StringBuilder("?"));
        for (; Peek() is { } c; _next++)
        {
            if (c is ':' or ')') break;
            if (c == '-' && isOn) isOn = false;
            else if (c == 'm') _isMultiline = isOn;
            else if (c is not ('i' or 's' or 'U')) throw new ArgumentException($"'(?{_text[start..(_next + 1)]}' is no group that Go has");
            // Whether a match is long or short does not matter to whether there is one.
            if (c != 'U') flags.Append(c);
        }

        _written.Append(flags.ToString() is "?-" ? "?" : flags.ToString());
        if (Peek() == ':') _next++;
        else if (Peek() == ')')
        {
            // Flags without a group hold to the end of the group around them.
            _next++;
            _outer.Pop();
            if (flags.ToString() is "?" or "?-") _written.Length--;
            _written.Append(flags.ToString() is "?" or "?-" ? "?:)" : ")");
            return;
        }
        else throw new ArgumentException("a group has no end");

        _written.Append(':');
    }

    private void Class()
    {
        _written.Append('[');
        if (Take("^")) _written.Append('^');
        for (var isFirst = true; ; isFirst = false)
        {
            if (Peek() is not { } c) throw new ArgumentException("a class of characters has no end");
            _next++;
            if (c == ']' && !isFirst) break;
            if (c == '\\') Escape(isInClass: true);
            else if (c == '[' && Take(":")) Named();
            else _written.Append(c is '[' or ']' ? $@"\{c}" : c.ToString());
        }

        _written.Append(']');
    }

    private void Named()
    {
        var end = _text.IndexOf(":]", _next, StringComparison.Ordinal);
        var name = end < 0 ? "" : _text[_next..end];
        _written.Append(name switch
        {
            "alnum" => "0-9A-Za-z", "alpha" => "A-Za-z", "ascii" => @"\x00-\x7F", "blank" => @"\t ", "cntrl" => @"\x00-\x1F\x7F", "digit" => "0-9",
            "graph" => "!-~", "lower" => "a-z", "print" => " -~", "punct" => @"!-/:-@\[-`{-~", "space" => @"\t\n\v\f\r ", "upper" => "A-Z", "word" => Word, "xdigit" => "0-9A-Fa-f",
            _ => throw new ArgumentException($"'[:{name}:]' is no class that is known"),
        });
        _next = end + 2;
    }

    private void Escape(bool isInClass)
    {
        if (Peek() is not { } c) throw new ArgumentException("it ends with a backslash");
        _next++;
        _written.Append(c switch
        {
            'd' => isInClass ? "0-9" : "[0-9]",
            'w' => isInClass ? Word : $"[{Word}]",
            's' => isInClass ? Blank : $"[{Blank}]",
            'D' when !isInClass => "[^0-9]",
            'W' when !isInClass => $"[^{Word}]",
            'S' when !isInClass => $"[^{Blank}]",
            'D' or 'W' or 'S' => $@"\{c}",
            'p' or 'P' => $@"\{c}{Category()}",
            'x' when Peek() == '{' => Code(),
            'Q' when !isInClass => Quoted(),
            'A' or 'z' or 'b' or 'B' when !isInClass => $@"\{c}",
            'a' or 'f' or 't' or 'n' or 'r' or 'v' or 'x' or '0' => $@"\{c}",
            _ when char.IsAsciiLetterOrDigit(c) => throw new ArgumentException($@"'\{c}' means nothing to Go"),
            _ => $@"\{c}",
        });
    }

    // \pL is \p{L}, and \p{^L} its opposite.
    private string Category()
    {
        if (!Take("{")) return Peek() is { } c && char.IsAsciiLetter(c) ? $"{{{_text[_next++]}}}" : throw new ArgumentException(@"'\p' names no category");
        var end = _text.IndexOf('}', _next);
        if (end < 0 || _text[_next] == '^') throw new ArgumentException(@"'\p{' names no category that is known");
        var name = _text[_next..end];
        _next = end + 1;
        return $"{{{name}}}";
    }

    private string Code()
    {
        var end = _text.IndexOf('}', _next);
        if (end < 0 || !int.TryParse(_text[(_next + 1)..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code)) throw new ArgumentException(@"'\x{' names no character");
        _next = end + 1;
        return string.Concat(new Rune(code).ToString().Select(c => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:X4}")));
    }

    private string Quoted()
    {
        var end = _text.IndexOf(@"\E", _next, StringComparison.Ordinal);
        var quoted = end < 0 ? _text[_next..] : _text[_next..end];
        _next = end < 0 ? _text.Length : end + 2;
        return Regex.Escape(quoted);
    }

    private char? Peek() => _next < _text.Length ? _text[_next] : null;

    private bool At(string words) => string.CompareOrdinal(_text, _next, words, 0, words.Length) == 0;

    private bool Take(string words)
    {
        if (!At(words)) return false;
        _next += words.Length;
        return true;
    }
}

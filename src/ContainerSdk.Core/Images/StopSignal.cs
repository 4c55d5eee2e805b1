using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ContainerSdk.Images;

/// <summary>The signal that asks the process to end: a name that Linux knows, or a number.</summary>
public sealed record StopSignal
{
    private const int Last = 64;
    private const int RealTime = 15;

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            .. "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX".Split(' '),
            .. Enumerable.Range(1, RealTime).Select(i => string.Create(CultureInfo.InvariantCulture, $"RTMIN+{i}")),
            .. Enumerable.Range(1, RealTime - 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"RTMAX-{i}")),
        ],
        StringComparer.Ordinal);

    private StopSignal(string value) => Value = value;

    /// <summary>For example <c>SIGTERM</c>, or <c>15</c>.</summary>
    public string Value { get; }

    /// <summary>Reads a name, with or without <c>SIG</c>, in either case, or a number.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StopSignal? signal)
    {
        signal = null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number is >= 1 and <= Last) signal = new StopSignal(number.ToString(CultureInfo.InvariantCulture));
            return signal is not null;
        }

        var name = text.ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal)) name = name[3..];
        if (Names.Contains(name)) signal = new StopSignal("SIG" + name);
        return signal is not null;
    }

    /// <summary>As STOPSIGNAL takes it.</summary>
    public override string ToString() => Value;
}

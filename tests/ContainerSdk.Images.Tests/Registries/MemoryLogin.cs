using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>What a <see cref="MemoryRegistry"/> wants to see: a user's password, or a token of a service on another host.</summary>
internal sealed class MemoryLogin
{
    public const string User = "ann";
    public const string Password = "s3cret-w0rd";
    public const string IdentityToken = "identity-of-ann";

    private readonly ConcurrentDictionary<string, string[]> _tokens = new();
    private int _issued;

    public bool WantsToken { get; init; } = true;

    /// <summary>Whether everybody gets a token.</summary>
    public bool TakesAnybody { get; init; }

    public string TokenService { get; init; } = "https://auth.test/token";

    /// <summary>What the token is called in the answer.</summary>
    public string TokenName { get; init; } = "token";

    /// <summary>What is granted of the actions that are asked for, for example <c>repository:app:push</c>.</summary>
    public Func<string, bool> Grants { get; init; } = _ => true;

    /// <summary>The challenge; null is the common one.</summary>
    public string? Challenge { get; init; }

    /// <summary>No token is taken any more that was issued up to now.</summary>
    public void Expire() => _tokens.Clear();

    /// <summary>What a request shows, readable.</summary>
    public static string Shown(HttpRequestMessage request) => request.Headers.Authorization switch
    {
        null => "nothing",
        { Scheme: "Basic", Parameter: { } text } => $"Basic {Encoding.UTF8.GetString(Convert.FromBase64String(text))}",
        var other => other.ToString(),
    };

    /// <summary>The refusal of a request; null if it shows what it has to.</summary>
    public HttpResponseMessage? Refuse(HttpRequestMessage request, string scope)
    {
        if (!WantsToken) return Shown(request) == $"Basic {User}:{Password}" ? null : Unauthorized(Challenge ?? "Basic realm=\"registry, private\"");
        var token = request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } text } ? text : "";
        var granted = _tokens.GetValueOrDefault(token);
        if (granted is not null && !Actions(scope).Except(granted).Any()) return null;
        var error = granted is not null ? ",error=\"insufficient_scope\"" : token.Length > 0 ? ",error=\"invalid_token\"" : "";
        return Unauthorized(Challenge ?? $"Bearer realm=\"{TokenService}\",service=\"registry.test\",scope=\"{scope}\"{error}");
    }

    /// <summary>Answers as the token service.</summary>
    public HttpResponseMessage Issue(HttpRequestMessage request, string body)
    {
        var isPost = request.Method == HttpMethod.Post;
        var form = HttpUtility.ParseQueryString(isPost ? body : request.RequestUri!.Query);
        var isAnn = isPost ? form["grant_type"] == "refresh_token" && form["refresh_token"] == IdentityToken : Shown(request) == $"Basic {User}:{Password}";
        var isNobody = !isPost && request.Headers.Authorization is null;
        if (!isAnn && !(isNobody && TakesAnybody)) return MemoryRegistry.Json(HttpStatusCode.Unauthorized, """{"details":"incorrect username or password"}""");
        var token = $"token-{Interlocked.Increment(ref _issued)}";
        _tokens[token] = [.. Actions(string.Join(' ', form.GetValues("scope")!)).Where(Grants)];
        return MemoryRegistry.Json(HttpStatusCode.OK, $$"""{"{{TokenName}}":"{{token}}","expires_in":300}""");
    }

    private static IEnumerable<string> Actions(string scope) =>
        from entry in scope.Split(' ')
        let end = entry.LastIndexOf(':') + 1
        from action in entry[end..].Split(',')
        select entry[..end] + action;

    private static HttpResponseMessage Unauthorized(string challenge)
    {
        var answer = MemoryRegistry.Error(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "authentication required");
        answer.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge);
        return answer;
    }
}

namespace ContainerSdk.Images.Registries;

/// <summary>Tries again what may go better another time.</summary>
internal sealed class RetryLoop(TimeProvider clock)
{
    private const int MaxTries = 5;

    // A registry that asks for more patience than that is as good as away.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>The result of the first try that has one; between two tries it is waited as long as the registry asks, else 1, 2, 4 and 8 seconds.</summary>
    /// <exception cref="RegistryException">The last try's, or the first one's that no other try would change. Loops around this one do not try again.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            TimeSpan wait;
            try
            {
                return await attempt(cancellation);
            }
            catch (RegistryException e) when (e.IsTransient)
            {
                wait = e.RetryAfter ?? TimeSpan.FromSeconds(1 << (number - 1));
                if (number == MaxTries || wait > LongestWait) throw new RegistryException(e.Failure, e.Message, e) { Status = e.Status };
            }

            await Task.Delay(wait, clock, cancellation);
        }
    }
}

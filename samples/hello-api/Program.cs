var app = WebApplication.CreateBuilder(args).Build();

app.MapGet("/", () => "Hello from a container\n");
app.MapGet("/health", () => Results.Ok(new { status = "healthy" }));

app.Run();

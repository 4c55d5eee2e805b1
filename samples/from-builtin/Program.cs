var app = WebApplication.CreateBuilder(args).Build();
var settings = app.Configuration.GetSection("Catalog");

app.MapGet("/", () => settings["Greeting"] + "\n");
app.MapGet("/settings", () => $"{settings["Region"]} {settings["Stock"]}\n");
app.MapGet("/health", () => Results.Ok(new { status = "healthy" }));

app.Run();

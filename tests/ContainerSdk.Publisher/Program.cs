using ContainerSdk.Tasks;
using ContainerSdk.Tasks.Tests;

// The steps of a publish with the embedded engine, as the targets run them, for a project whose plan and Dockerfile are written. The one argument is the project's folder.
const string Plan = "obj/container/plan.json";
const string Dockerfile = "obj/container/Dockerfile";
const string Image = "obj/container/image.json";
const string Receipt = "obj/container/receipt.json";

var log = new MockBuildEngine();
var check = new CheckContainerReceipt { PlanPath = Plan, ImagePath = Image, ReceiptPath = Receipt, Dialect = "Portable" };
var isDone = Run(check)
    && (check.UpToDate
        || (Run(new BuildContainerImage { PlanPath = Plan, DockerfilePath = Dockerfile, ImagePath = Image })
            && Run(new TagContainerImage { PlanPath = Plan, ImagePath = Image, ReceiptPath = Receipt, Dialect = "Portable" })))
    && Run(new DeliverContainerImage { PlanPath = Plan, DockerfilePath = Dockerfile, ImagePath = Image, ReceiptPath = Receipt });
foreach (var problem in log.Problems) Console.WriteLine($"{problem.Severity} {problem.Code}: {problem.Message}");
return isDone ? 0 : 1;

bool Run(ImageTask task)
{
    task.ProjectFile = Path.Combine(args[0], "api.csproj");
    task.BuildEngine = log;
    task.EngineName = "embedded";
    return task.Execute();
}

using Spectre.Console;

namespace Supermachine.Cli.Assets;

/// <summary>A bar per step, on a terminal.</summary>
internal sealed class BarProgress(ProgressContext context) : IAssetProgress
{
    private ProgressTask? task;

    public void Step(string description)
    {
        Finish();
        task = context.AddTask(Markup.Escape(description));
        task.IsIndeterminate = true;
    }

    public void Report(double fraction)
    {
        if (task is null) return;
        task.IsIndeterminate = false;
        task.Value = Math.Clamp(fraction, 0, 1) * task.MaxValue;
    }

    /// <summary>Shows bars on the error output, which is not the guest's, while <paramref name="work"/> runs.</summary>
    public static T Show<T>(Func<IAssetProgress, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .Start(context =>
            {
                var progress = new BarProgress(context);
                T result = work(progress);
                progress.Finish();
                return result;
            });
    }

    private void Finish()
    {
        if (task is null) return;
        task.IsIndeterminate = false;
        task.Value = task.MaxValue;
        task.StopTask();
    }
}

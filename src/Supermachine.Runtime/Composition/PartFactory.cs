using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>Makes the parts of a plan. Whatever a part's own code throws becomes a diagnostic that names the part.</summary>
internal sealed class PartFactory(EngineRegistry engines, IServiceProvider services)
{
    /// <summary>A builder for the plan's machine.</summary>
    public MachineBuilder CreateBuilder(MachinePlan plan)
    {
        MachineSection machine = plan.Definition.Machine;
        MachineSettings settings = new()
        {
            Name = machine.Name,
            VcpuCount = machine.Vcpus,
            Memory = machine.Memory,
            RamBase = machine.RamBase,
            OnReset = machine.OnReset,
        };
        return new MachineBuilder(engines.Create(plan.Engine!), settings, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<TimeProvider>())
        {
            Timeline = services.GetService<IStartupTimeline>(),
        };
    }

    /// <summary>Makes the console; null after a diagnostic.</summary>
    public static IConsoleBackend? CreateConsole(MachinePlan plan)
    {
        (IConsoleFactory factory, object options) = plan.Console!.Value;
        return Try(plan, plan.Definition.Console.Table.Place, "[console]", null, () => factory.Create(options));
    }

    /// <summary>Makes a device and puts it on the board; null after a diagnostic.</summary>
    public static IMmioDevice? AddDevice(MachinePlan plan, PlannedPart part, MachineBuilder builder) =>
        Try(plan, part.Definition.Place, part.Definition.Label, part.Plugin.Info, () =>
        {
            IMmioDevice device = (IMmioDevice)part.Kind.Create(part.Options, builder.CreateContext(part.Definition.Id), part.Plugin.Services);
            builder.AddDevice(part.Definition.Id, device);
            return device;
        });

    /// <summary>Disposes of a part that was made but never came to life.</summary>
    public static ValueTask DiscardAsync(object? part)
    {
        if (part is IAsyncDisposable later) return later.DisposeAsync();
        (part as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static T? Try<T>(MachinePlan plan, SourcePlace place, string label, PluginInfo? plugin, Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (DllNotFoundException e)
        {
            plan.Diagnostics.Error(DiagnosticCodes.MissingNativeLibrary, place, $"{label}: {plugin?.Label} needs a native library that cannot be loaded: {e.Message.Split('\n')[0]}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            plan.Diagnostics.Error(DiagnosticCodes.PartFailed, place, $"{label}: {e.Message}");
        }

        return null;
    }
}

namespace Supermachine.Runtime;

/// <summary>Finds what a definition names: its engine, its console, the plugins of its kinds. Binds and validates every option. Starts nothing.</summary>
internal sealed class MachinePlanner(SupermachineOptions options, EngineRegistry engines, IEnumerable<IConsoleFactory> consoles, IAssetResolver assets, PluginHost host)
{
    private const string DefaultConsole = "stdio";
    private const string NoConsole = "none";

    public MachinePlan Plan(MachineDefinition definition)
    {
        MachinePlan plan = new(definition, PluginCatalog.Scan([.. definition.Plugins.Paths, options.InstalledPlugins]));
        if (definition.Diagnostics.Any(d => d.Code is DiagnosticCodes.Syntax or DiagnosticCodes.Unreadable)) return plan;
        PlanEngine(plan);
        PlanConsole(plan);
        foreach (PartDefinition part in definition.Devices) PlanPart(plan, part, MachineDefinitionBuilder.PartKeys);
        if (definition.Egress is { } egress) PlanUnserved(plan, egress, ["kind"], "nothing enforces an egress policy in this version of the runtime; leave [egress] out");
        foreach (PartDefinition endpoint in definition.Endpoints)
        {
            PlanUnserved(plan, endpoint, [.. MachineDefinitionBuilder.EndpointKeys, .. endpoint.Endpoint!.Through], "this version of the runtime cannot open endpoints; leave it out");
            foreach (string middleware in endpoint.Endpoint.Through) PlanMiddleware(plan, endpoint, middleware);
        }

        return plan;
    }

    private void PlanEngine(MachinePlan plan)
    {
        MachineSection machine = plan.Definition.Machine;
        plan.Engine = engines.Choose(machine.Engine, out string? problem);
        if (plan.Engine is null)
        {
            plan.Diagnostics.Error(DiagnosticCodes.Engine, plan.Definition.PlaceOf("machine", "engine"), $"[machine]: {problem}");
            return;
        }

        EngineCapabilities can = engines.Create(plan.Engine).Capabilities;
        ulong limit = can.AddressBits >= 64 ? ulong.MaxValue : 1UL << can.AddressBits;
        if (machine.Vcpus > can.MaxVcpus) Refuse("vcpus", $"vcpus must be between 1 and {can.MaxVcpus} on engine \"{can.Name}\", was {machine.Vcpus}");
        if (machine.Memory >= ByteSize.FromMiB(1) && machine.Memory.Bytes % can.MapGranule != 0) Refuse("memory", $"memory must be a multiple of {new ByteSize(can.MapGranule)}, was {machine.Memory}");
        if (machine.Memory.Bytes > limit - machine.RamBase.Value) Refuse("memory", $"memory must be at most {new ByteSize(limit - machine.RamBase.Value)} on engine \"{can.Name}\", was {machine.Memory}");

        void Refuse(string key, string message) => plan.Diagnostics.Error(DiagnosticCodes.Refused, plan.Definition.PlaceOf("machine", key), $"[machine]: {message}");
    }

    private void PlanConsole(MachinePlan plan)
    {
        ConsoleDefinition console = plan.Definition.Console;
        Dictionary<string, IConsoleFactory> known = new(StringComparer.Ordinal);
        foreach (IConsoleFactory each in consoles) known[each.Kind] = each;
        string kind = console.Kind ?? (known.ContainsKey(DefaultConsole) ? DefaultConsole : NoConsole);
        if (known.TryGetValue(kind, out IConsoleFactory? factory))
            plan.Console = (factory, new OptionsBinder(plan.Diagnostics, assets).Bind(factory.OptionsType, console.Table, "[console]", "kind"));
        else
            plan.Diagnostics.Error(DiagnosticCodes.UnknownKind, console.Table["kind"]?.Place ?? console.Table.Place, $"[console]: unknown kind \"{kind}\"{NearestWord.Hint(kind, known.Keys, "kinds")}");
    }

    /// <summary>A part that a plugin may provide but that nothing in this version serves.</summary>
    private void PlanUnserved(MachinePlan plan, PartDefinition part, string[] reserved, string refusal)
    {
        if (PlanPart(plan, part, reserved)) plan.Diagnostics.Error(DiagnosticCodes.NotInThisVersion, part.Place, $"{part.Label}: {refusal}");
    }

    private void PlanMiddleware(MachinePlan plan, PartDefinition endpoint, string kind)
    {
        SourceTable table = endpoint.Table.Table(kind) ?? new SourceTable(endpoint.PlaceOf("through"));
        PartDefinition part = new(PartKind.Middleware, kind, kind, table);
        if (Find(plan, part, endpoint.PlaceOf("through"), endpoint.Label) is { } plugin) Bind(plan, part, plugin, $"{endpoint.Label}: {part.Label}", []);
    }

    private bool PlanPart(MachinePlan plan, PartDefinition part, string[] reserved)
    {
        if (Find(plan, part, part.PlaceOf("kind"), part.Label) is not { } plugin) return false;
        if (Bind(plan, part, plugin, part.Label, reserved) is { } planned) plan.Parts.Add(planned);
        return true;
    }

    private PlannedPart? Bind(MachinePlan plan, PartDefinition part, LoadedPlugin plugin, string label, string[] reserved)
    {
        KindRegistration kind = plugin.Kind(part.Sort, part.Kind);
        OptionsBinder binder = new(plan.Diagnostics, assets);
        try
        {
            object bound = binder.Bind(kind.OptionsType, part.Table, label, reserved);
            foreach (string failure in kind.Validate(bound, plugin.Services)) binder.Fail(failure, OptionsSchema.KeysOf(kind.OptionsType).Keys, part.Table, label);
            return new PlannedPart(part, plugin, kind, bound);
        }
        catch (InvalidOperationException e)
        {
            plan.Diagnostics.Error(DiagnosticCodes.Unloadable, part.PlaceOf("kind"), $"{label}: {plugin.Info.Label}: {e.Message}");
            return null;
        }
    }

    private LoadedPlugin? Find(MachinePlan plan, PartDefinition part, SourcePlace place, string label)
    {
        string sort = PartDefinition.Word(part.Sort);
        IReadOnlyList<PluginInfo> providers = plan.Catalog.Providers(part.Sort, part.Kind);
        if (providers.Count == 0)
        {
            plan.Diagnostics.Error(DiagnosticCodes.UnknownKind, place, $"{label}: no plugin provides the {sort} kind \"{part.Kind}\"{NearestWord.Hint(part.Kind, plan.Catalog.Kinds(part.Sort), $"{sort} kinds")}");
            return null;
        }

        if (providers.Count > 1)
        {
            plan.Diagnostics.Error(DiagnosticCodes.AmbiguousKind, place, $"{label}: more than one plugin provides the {sort} kind \"{part.Kind}\": {string.Join(" and ", providers.Select(p => p.Label))}");
            return null;
        }

        try
        {
            if (!plan.Plugins.TryGetValue(providers[0], out LoadedPlugin? plugin)) plan.Plugins.Add(providers[0], plugin = host.Load(providers[0]));
            foreach (PluginProblem problem in providers[0].Problems)
            {
                if (problem.Code != DiagnosticCodes.LeakedContracts) continue;
                plan.Diagnostics.Warning(problem.Code, place, $"{label}: {providers[0].Label} {problem.Message}");
            }

            return plugin;
        }
        catch (PluginException e)
        {
            plan.Diagnostics.Error(e.Code, place, $"{label}: {e.Message}");
            return null;
        }
    }
}

using Supermachine.Engine.Software.Recorder;

// See docs/reference/differential-test.md.
return args switch
{
    ["compare", .. string[] rest] => Commands.Compare(Options.Parse(rest)),
    ["record", .. string[] rest] => Commands.Record(Options.Parse(rest)),
    ["report", .. string[] rest] => Commands.Report(Options.Parse(rest)),
    ["explain", string row, string number, .. string[] rest] => Commands.Explain(row, int.Parse(number, null), Options.Parse(rest)),
    ["try", .. string[] words, string seed] => Commands.Try(words, seed),
    ["fuzz", .. string[] rest] => FuzzCommand.Run(Options.Parse(rest)),
    ["allocation", .. string[] rest] => Commands.Allocation(Options.Parse(rest)),
    _ => Commands.Usage(),
};

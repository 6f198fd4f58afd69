using Supermachine.Cli;

return CommandLine.Run(args);

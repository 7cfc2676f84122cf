package dev.auscult.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What models there are, and what is in one. */
@Command(
    name = "models",
    header = "List the built-in models, download a model, or look into one.",
    synopsisSubcommandLabel = "(list | inspect | pull | verify)",
    subcommands = {
      ModelsListCommand.class,
      ModelsInspectCommand.class,
      ModelsPullCommand.class,
      ModelsVerifyCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "one of list, inspect, pull, verify is missing");
  }
}

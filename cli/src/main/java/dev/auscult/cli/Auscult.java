package dev.auscult.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top of the command tree. */
@Command(
    name = "auscult",
    header = {
      "Listens inside medical vision-language models: what do they really use, image or text?",
      "For research; not a medical device.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      AuditCommand.class,
      EmbedCommand.class,
      ClassifyCommand.class,
      AdaptCommand.class,
      EvaluateCommand.class,
      OverlayCommand.class,
      FindTextCommand.class,
      CardCommand.class,
      RetrieveCommand.class,
      SearchCommand.class,
      PromptsCommand.class,
      FeaturesCommand.class,
      ModelsCommand.class,
      StudyCommand.class,
      SketchesCommand.class,
      PretrainCommand.class,
      PhantomCommand.class
    },
    footer = {
      "",
      "A model is a folder in Hugging Face CLIP layout, hf:org/name[@revision] on the Hugging Face",
      "hub, or a built-in phantom: phantom, phantom:overlay-shortcut, phantom:text-shortcut.",
      "Data is phantom, sketches, vqa-rad:PATH, covid-cxr:PATH, or a manifest (.csv or .jsonl).",
      "",
      "Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 failed,",
      "2 wrong usage, 130 interrupted (the same command then resumes).",
      "'auscult COMMAND --help' tells more, with examples."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Auscult implements Runnable {
  @Spec private CommandSpec spec;

  /** The whole command line; {@code stop} ends long tasks. */
  static CommandLine commandLine(StopSignal stop) {
    CommandLine commands = new CommandLine(new Auscult(), factory(stop));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setUsageHelpWidth(100);
    commands.setExecutionExceptionHandler(new RunErrors());
    commands.setParameterExceptionHandler(RunErrors::wrongUsage);
    commands.getSubcommands().values().forEach(Auscult::keepOrderOfOptions);
    CommandGroups.showIn(commands);
    return commands;
  }

  private static void keepOrderOfOptions(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static IFactory factory(StopSignal stop) {
    IFactory standard = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == CommonOptions.class
            ? type.cast(new CommonOptions(stop))
            : standard.create(type);
      }
    };
  }
}

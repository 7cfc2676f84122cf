package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.model.VisionEncoder;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command takes. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CommonOptions {
  /** Number formats of the encoders. Not the engine's own type: naming that loads the engine. */
  enum Precision {
    /** IEEE single precision. */
    FP32,
    /** Half the bytes, twice the speed, cosine .9999. */
    BF16;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final StopSignal stop;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--dtype",
      paramLabel = "fp32|bf16",
      defaultValue = "fp32",
      description = "Precision of the encoders; bf16 is faster (default: ${DEFAULT-VALUE}).")
  private Precision dtype;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print the result as JSON on stdout.")
  private boolean json;

  @Option(names = "--quiet", description = "Print no progress and no remarks.")
  private boolean quiet;

  @Option(names = "--debug", description = "Print the stack trace of a failure.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  CommonOptions(StopSignal stop) {
    this.stop = stop;
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads; at most the last bits of an embedding depend on them (default: all"
              + " processors).")
  void threads(int count) {
    if (count < 1) {
      throw new ParameterException(
          command.commandLine(), "--threads: found " + count + "; expected 1 or more");
    }
    threads = count;
  }

  /** The options of {@code command}, if it has them. */
  static Optional<CommonOptions> of(CommandLine command) {
    CommandSpec mixin =
        command.getMixins().isEmpty() ? null : command.getCommandSpec().mixins().get("common");
    return mixin == null ? Optional.empty() : Optional.of((CommonOptions) mixin.userObject());
  }

  /** What ends long tasks. */
  StopSignal stop() {
    return stop;
  }

  /** The words of the command line. */
  List<String> arguments() {
    return List.copyOf(command.root().commandLine().getParseResult().originalArgs());
  }

  /** Begins a run of this command. */
  Run begin() {
    return new Run(commandLine(), this);
  }

  private String commandLine() {
    return arguments().stream()
        .map(argument -> argument.matches("[^\\s'\"]+") ? argument : "'" + argument + "'")
        .collect(Collectors.joining(" ", "auscult ", ""));
  }

  /** Loads a model, says what it is not for, and makes the engine ready. */
  DualEncoder load(String model) {
    DualEncoder encoder = loadSilently(model);
    encoder.identity().notice().ifPresent(console()::remark);
    return encoder;
  }

  /** Loads a model that may have no text encoder, and says what it is not for. */
  VisionEncoder loadVision(String model) {
    compute().apply();
    VisionEncoder encoder = Models.loadVision(model, compute(), progress());
    encoder.identity().notice().ifPresent(console()::remark);
    return encoder;
  }

  /** Loads a model, from the hub if need be, and makes the engine ready. */
  DualEncoder loadSilently(String model) {
    compute().apply();
    return Models.load(model, compute(), progress());
  }

  /** How the engine shall compute. */
  Compute compute() {
    return new Compute(threads, dtype == Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32, seed);
  }

  /** Where results and remarks go. */
  Console console() {
    return new Console(command.commandLine().getOut(), command.commandLine().getErr(), json, quiet);
  }

  /** Where long tasks report, and learn of Ctrl-C. */
  Progress progress() {
    int columns = Integer.getInteger("auscult.columns", 0); // by the launcher
    return new ConsoleProgress(
        command.commandLine().getErr(), stop, ConsoleProgress.Style.of(quiet, columns), columns);
  }

  int threads() {
    return threads;
  }

  Precision dtype() {
    return dtype;
  }

  long seed() {
    return seed;
  }

  /** The seed if the user gave one. */
  OptionalLong givenSeed() {
    return command.commandLine().getParseResult().hasMatchedOption("--seed")
        ? OptionalLong.of(seed)
        : OptionalLong.empty();
  }

  boolean debug() {
    return debug;
  }
}

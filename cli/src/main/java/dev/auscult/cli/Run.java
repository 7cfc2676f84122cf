package dev.auscult.cli;

import dev.auscult.model.ModelIdentity;
import dev.auscult.report.Host;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command under way: what the user typed, when it began, and the choices that matter. */
final class Run {
  private final String commandLine;
  private final CommonOptions options;
  private final Instant began;
  private long seed;
  private final Map<String, @Nullable Object> config = new LinkedHashMap<>();

  /** Begins now; precision and seed are choices of every run. */
  Run(String commandLine, CommonOptions options) {
    this.commandLine = commandLine;
    this.options = options;
    this.began = Clock.systemUTC().instant();
    this.seed = options.seed();
    config.put("dtype", options.dtype());
    config.put("seed", seed);
  }

  /** The same with the seed that a configuration file gave. */
  Run withSeed(long other) {
    seed = other;
    return with("seed", other);
  }

  /** Adds a choice that changes the result. */
  Run with(String name, @Nullable Object value) {
    config.put(name, value);
    return this;
  }

  /** The choices. */
  Map<String, @Nullable Object> config() {
    return config;
  }

  /**
   * The report of what came out.
   *
   * @param models those that were used
   * @param data what they were used on
   * @param result the figures
   */
  RunReport report(
      List<ModelIdentity> models,
      Optional<Provenance.Data> data,
      Map<String, @Nullable Object> result)
      throws IOException {
    Host host = Host.here(Compute.engine(), options.threads(), options.dtype().toString());
    Provenance provenance = new Provenance(Version.current(), models, data, seed, host, began, 0);
    return new RunReport(commandLine, config, provenance.finished(Clock.systemUTC()), result);
  }
}

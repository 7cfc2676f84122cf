package dev.auscult.report;

import dev.auscult.base.ContentHash;
import dev.auscult.data.Dataset;
import dev.auscult.model.ModelIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a result came from: enough to make it again and to notice when something changed.
 *
 * @param version of Auscult
 * @param models which models, in the order of the command
 * @param data which data; empty for a command without
 * @param seed seed of everything random
 * @param host what it ran on
 * @param started when it began
 * @param seconds how long it took
 */
public record Provenance(
    String version,
    List<ModelIdentity> models,
    Optional<Data> data,
    long seed,
    Host host,
    Instant started,
    double seconds) {

  /** Copies the list. */
  public Provenance {
    models = List.copyOf(models);
  }

  /**
   * A data set by its contents.
   *
   * @param name as the user named it
   * @param hash of descriptions and images
   * @param n samples used
   * @param skipped entries that could not become samples
   */
  public record Data(String name, ContentHash hash, int n, int skipped) {

    /** All of {@code dataset}. */
    public static Data of(Dataset dataset) {
      return new Data(
          dataset.name(), dataset.hash(), dataset.samples().size(), dataset.skipped().size());
    }
  }

  /** The same with {@link #seconds()} from {@link #started()} until now. */
  public Provenance finished(Clock clock) {
    double elapsed = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    return new Provenance(version, models, data, seed, host, started, elapsed);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", version);
    json.put("model", models.stream().map(Provenance::json).toList());
    json.put("data", data.map(Provenance::json).orElse(null));
    json.put("seed", seed);
    json.put("host", host.toJson());
    json.put("started", started.toString());
    json.put("seconds", seconds);
    return json;
  }

  private static Map<String, @Nullable Object> json(ModelIdentity model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", model.name());
    json.put("family", model.family());
    json.put("weights", model.weights().hex());
    json.put("configuration", model.configuration().hex());
    model.commit().ifPresent(commit -> json.put("commit", commit));
    json.put("notice", model.notice().orElse(null));
    return json;
  }

  private static Map<String, @Nullable Object> json(Data data) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", data.name());
    json.put("hash", data.hash().hex());
    json.put("n", data.n());
    json.put("skipped", data.skipped());
    return json;
  }
}

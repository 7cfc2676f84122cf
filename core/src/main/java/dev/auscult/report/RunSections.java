package dev.auscult.report;

import dev.auscult.data.Dataset;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.Table.Column;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The parts of a page that every command has: what was run, how, and how to run it again. */
final class RunSections {
  private static final int LISTED = 20;

  /** Choices with names of their own, in the order in which a reader asks for them. */
  private static final List<Choice> CHOICES =
      List.of(
          new Choice("task", "task"),
          new Choice("preset", "preset"),
          new Choice("text_players", "text players"),
          new Choice("text_mask", "an absent token becomes"),
          new Choice("image_players", "image players"),
          new Choice("image_mask", "an absent patch becomes"),
          new Choice("score", "score"),
          new Choice("candidates", "candidate answers"),
          new Choice("target", "attributed answer"),
          new Choice("estimator", "estimator"),
          new Choice("passes", "budget per sample, encoder passes"),
          new Choice("l_norm", "l_norm"),
          new Choice("bootstrap", "bootstrap resamples"),
          new Choice("samples", "samples"),
          new Choice("seed", "seed"));

  private static final String PRESETS = "presets";

  private record Choice(String key, String title) {}

  private RunSections() {}

  /** Blocks that say on what a command ran. */
  static List<Block> audited(Provenance provenance) {
    List<Block> blocks = new ArrayList<>();
    provenance.models().stream()
        .map(ModelIdentity::notice)
        .flatMap(Optional::stream)
        .distinct()
        .forEach(notice -> blocks.add(Block.notice(notice)));
    if (!provenance.models().isEmpty()) {
      blocks.add(Block.table(models(provenance.models())));
    }
    provenance.data().ifPresent(data -> blocks.add(Block.paragraph(data(data))));
    return blocks;
  }

  private static Table models(List<ModelIdentity> models) {
    List<Column> columns =
        List.of(
            Column.words("model"),
            Column.words("architecture"),
            Column.words("weights"),
            Column.words("configuration"));
    return new Table(
        "Models, with the first digits of the SHA-256 of their files (whole in result.json).",
        columns,
        models.stream()
            .map(
                model ->
                    List.of(
                        model.name(),
                        model.family(),
                        model.weights().abbreviated(),
                        model.configuration().abbreviated()))
            .toList());
  }

  private static String data(Provenance.Data data) {
    return "Data: %s, %s%s, SHA-256 %s…"
        .formatted(
            data.name(),
            Figures.count(data.n(), "sample"),
            data.skipped() == 0 ? "" : " (" + Figures.count(data.skipped()) + " skipped)",
            data.hash().abbreviated());
  }

  /** Every choice in force, and the machine. */
  static Section configuration(RunReport run) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(run.config());
    List<Map<?, ?>> presets = presets(config.remove(PRESETS));
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.table(
            new Table(
                "Every choice in force.",
                List.of(Column.words("choice"), Column.words("value")),
                rows(config.keySet(), key -> List.of(plain(config.get(key)))))));
    if (!presets.isEmpty()) {
      blocks.add(Block.table(ofPresets(presets)));
    }
    blocks.add(Block.table(host(run.provenance())));
    return new Section("Configuration", blocks);
  }

  private static List<Map<?, ?>> presets(@Nullable Object value) {
    List<Map<?, ?>> presets = new ArrayList<>();
    if (value instanceof Iterable<?> items) {
      items.forEach(
          item -> {
            if (item instanceof Map<?, ?> preset) {
              presets.add(preset);
            }
          });
    }
    return presets;
  }

  private static Table ofPresets(List<Map<?, ?>> presets) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("choice")));
    presets.forEach(preset -> columns.add(Column.words(plain(preset.get("preset")))));
    Set<String> keys = new LinkedHashSet<>();
    presets.forEach(preset -> preset.keySet().forEach(key -> keys.add(String.valueOf(key))));
    keys.remove("preset");
    return new Table(
        "What the published method leaves open, as each preset chooses.",
        columns,
        rows(keys, key -> presets.stream().map(preset -> chosen(preset, key)).toList()));
  }

  private static String chosen(Map<?, ?> preset, String key) {
    return preset.containsKey(key) ? plain(preset.get(key)) : "\u2013";
  }

  /** A row per key, those with titles of their own first and in their order. */
  private static List<List<String>> rows(
      Collection<String> keys, Function<String, List<String>> values) {
    Map<String, String> titles = new LinkedHashMap<>();
    CHOICES.stream()
        .filter(choice -> keys.contains(choice.key()))
        .forEach(choice -> titles.put(choice.key(), choice.title()));
    keys.forEach(key -> titles.putIfAbsent(key, key.replace('_', ' ')));
    List<List<String>> rows = new ArrayList<>();
    titles.forEach(
        (key, title) -> {
          List<String> row = new ArrayList<>(List.of(title));
          row.addAll(values.apply(key));
          rows.add(row);
        });
    return rows;
  }

  private static String plain(@Nullable Object value) {
    if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Iterable<?> items && !(value instanceof Path)) {
      return StreamSupport.stream(items.spliterator(), false)
          .map(RunSections::plain)
          .collect(Collectors.joining("; "));
    }
    return value instanceof String text ? text : ResultJson.line(value);
  }

  private static Table host(Provenance provenance) {
    Host host = provenance.host();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Auscult", provenance.version()));
    rows.add(List.of("engine", host.engine()));
    rows.add(List.of("Java", host.java()));
    rows.add(List.of("system", "%s, %d processors".formatted(host.os(), host.cpus())));
    rows.add(List.of("threads and number format", host.threads() + ", " + host.dtype()));
    host.openblasCoretype().ifPresent(type -> rows.add(List.of("OPENBLAS_CORETYPE", type)));
    rows.add(List.of("seed", String.valueOf(provenance.seed())));
    rows.add(
        List.of(
            "started, duration",
            "%s, %s s"
                .formatted(
                    provenance.started().truncatedTo(ChronoUnit.SECONDS),
                    Figures.decimal(provenance.seconds(), 1))));
    return new Table("What it ran on.", List.of(Column.words("what"), Column.words("value")), rows);
  }

  /** What was left out. */
  static Section skipped(List<Dataset.Skipped> skipped) {
    if (skipped.isEmpty()) {
      return Section.of("Skipped samples", Block.paragraph("No sample was skipped."));
    }
    Table table =
        new Table(
            skipped.size() > LISTED
                ? "The first %d of %d; all are in skipped.csv.".formatted(LISTED, skipped.size())
                : "All are also in skipped.csv.",
            List.of(Column.words("sample"), Column.words("reason")),
            skipped.stream()
                .limit(LISTED)
                .map(entry -> List.of(entry.id(), entry.reason()))
                .toList());
    return Section.of("Skipped samples", Block.table(table));
  }

  /** How to get the same figures again. */
  static Section reproduce(RunReport run) {
    return Section.of(
        "How to reproduce",
        Block.code(run.command()),
        Block.paragraph(
            "The same version, models, data and seed give the same figures, also after an"
                + " interruption; another processor or number of threads may move their last"
                + " digits. result.json holds every figure with full hashes, the CSV files hold the"
                + " rows behind them."));
  }

  /** The last line of every page. */
  static String footer(Provenance provenance) {
    return "Made by Auscult %s. Research use only; not a medical device."
        .formatted(provenance.version());
  }
}

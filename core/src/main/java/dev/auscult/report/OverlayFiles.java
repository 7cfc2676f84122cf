package dev.auscult.report;

import dev.auscult.overlay.Effect;
import dev.auscult.overlay.OverlaidSample;
import dev.auscult.overlay.OverlayClasses;
import dev.auscult.overlay.Reading;
import dev.auscult.overlay.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows behind a report on burned-in text. */
final class OverlayFiles {
  private static final List<String> SAMPLES =
      List.of(
          "model",
          "id",
          "label",
          "size",
          "corner",
          "contrast",
          "kind",
          "text",
          "named",
          "version",
          "predicted",
          "probability",
          "margin",
          "named_probability",
          "rank");
  private static final List<String> EFFECTS =
      List.of(
          "model",
          "size",
          "corner",
          "contrast",
          "kind",
          "figure",
          "n",
          "shift",
          "shift_lo",
          "shift_hi",
          "words",
          "words_lo",
          "words_hi",
          "p",
          "p_holm");

  private final List<OverlaidModel> models;

  OverlayFiles(List<OverlaidModel> models) {
    this.models = models;
  }

  void write(Path folder) throws IOException {
    CsvFile.write(
        folder.resolve("samples.csv"),
        SAMPLES,
        models.stream().flatMap(OverlayFiles::rows).iterator());
    CsvFile.write(
        folder.resolve("effects.csv"),
        EFFECTS,
        models.stream()
            .flatMap(model -> model.effects().stream().map(effect -> row(model.name(), effect)))
            .iterator());
  }

  private static Stream<List<@Nullable Object>> rows(OverlaidModel model) {
    OverlayClasses classes = model.result().settings().classes();
    return model.result().samples().stream()
        .flatMap(
            sample ->
                sample.trials().stream()
                    .flatMap(
                        trial ->
                            Stream.of(
                                row(model, classes, sample, trial, "original", trial.original()),
                                row(model, classes, sample, trial, "blank", trial.blank()),
                                row(model, classes, sample, trial, "words", trial.words()))));
  }

  private static List<@Nullable Object> row(
      OverlaidModel model,
      OverlayClasses classes,
      OverlaidSample sample,
      Trial trial,
      String version,
      Reading reading) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(model.name());
    row.add(sample.id());
    row.add(classes.names().get(sample.truth()));
    row.add(trial.condition().size());
    row.add(trial.condition().corner().term());
    row.add(trial.condition().contrast().term());
    row.add(trial.kind().term());
    row.add(trial.text());
    row.add(name(classes, trial.named()));
    row.add(version);
    row.add(classes.names().get(reading.predicted()));
    row.add(reading.probability());
    row.add(reading.margin());
    row.add(reading.named());
    row.add(reading.rank());
    return row;
  }

  private static @Nullable String name(OverlayClasses classes, OptionalInt named) {
    return named.isPresent() ? classes.names().get(named.getAsInt()) : null;
  }

  private static List<Object> row(String model, Effect effect) {
    return List.of(
        model,
        effect.condition().size(),
        effect.condition().corner().term(),
        effect.condition().contrast().term(),
        effect.kind().term(),
        effect.figure().term(),
        effect.shift().n(),
        effect.shift().value(),
        effect.shift().lo(),
        effect.shift().hi(),
        effect.words().difference().value(),
        effect.words().difference().lo(),
        effect.words().difference().hi(),
        effect.words().p(),
        effect.adjusted());
  }
}

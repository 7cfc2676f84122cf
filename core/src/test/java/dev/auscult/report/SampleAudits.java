package dev.auscult.report;

import static java.util.Objects.requireNonNull;

import dev.auscult.balance.AlignmentLevel;
import dev.auscult.balance.AnswerChoice;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.AuditedSample;
import dev.auscult.balance.Effort;
import dev.auscult.balance.ImageContributions;
import dev.auscult.balance.Interaction;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityScores;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.ModelComparison;
import dev.auscult.balance.Preset;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.SampleFigures;
import dev.auscult.balance.TextContributions;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.image.RgbImage;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.model.ModelIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Audits with drawn figures on real phantoms: what a report looks like does not need a model. */
final class SampleAudits {
  private static final int GRID = 8;
  static final PhantomDataset DATA =
      new PhantomDataset(
          PhantomConfig.of(24, new Seed(5)).withOverlay(OverlayMode.TRUE_LABEL).withSize(128));

  private SampleAudits() {}

  private static final Map<String, AuditedModel.View> VIEWS =
      DATA.samples().stream()
          .collect(
              Collectors.toMap(
                  Sample::id, s -> new AuditedModel.View(s.image().read(), regions(s))));

  static BalanceReport report(AuditTask task) {
    List<AuditedModel> models =
        List.of(
            model("phantom", task, 0.47, 0.012),
            model("phantom:overlay-shortcut", task, 0.22, 0.02),
            model("phantom:text-shortcut", task, 0.81, 0.6));
    List<Dataset.Skipped> skipped =
        List.of(new Dataset.Skipped("scan-17.png", "found 0 bytes; expected a PNG or JPEG image"));
    return new BalanceReport(
        run(task, models),
        task,
        models,
        comparisons(models),
        DATA.samples(),
        samples(),
        List.of(more()),
        skipped);
  }

  private static List<ModelComparison> comparisons(List<AuditedModel> models) {
    Map<String, List<AuditedSample>> samples = new LinkedHashMap<>();
    for (AuditedModel model : models) {
      samples.put(
          model.name(),
          DATA.samples().stream()
              .map(sample -> model.balanceOf(sample.id()).orElseThrow())
              .map(balance -> new AuditedSample(SampleFigures.of(balance), balance.id()))
              .toList());
    }
    return ModelComparison.all(samples, new Seed(1));
  }

  static RunReport run(AuditTask task, List<AuditedModel> models) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("task", task);
    config.put("preset", "faithful");
    config.put("text_players", "real-tokens");
    config.put("text_mask", "tokenizer-mask");
    config.put("image_players", "native-grid");
    config.put("image_mask", "zeros");
    config.put("score", "logit scale x cosine");
    config.put("passes", 512);
    config.put("samples", 24);
    config.put("seed", 1);
    config.put("l_norm", "min-max");
    Provenance provenance =
        new Provenance(
            "0.1.0",
            models.stream().map(AuditedModel::identity).toList(),
            Optional.of(new Provenance.Data("phantom", ContentHash.of("data"), 24, 1)),
            1,
            new Host(
                "Linux amd64", 2, "Debian 17.0.15", "PyTorch 2.10.0", 2, "fp32", Optional.empty()),
            Instant.parse("2026-11-22T12:00:00Z"),
            41.5);
    String command =
        "auscult audit --model phantom --model phantom:overlay-shortcut --model"
            + " phantom:text-shortcut --data phantom --task "
            + task.name().toLowerCase(java.util.Locale.ROOT)
            + " --samples 24 --seed 1 --out auscult-out";
    return new RunReport(command, config, provenance, BalanceReport.result(models, List.of()));
  }

  static final Effort EFFORT = new Effort(8, 16, "0123456789abcdef", 200, OptionalLong.empty());

  static ModelIdentity identity(String name) {
    return new ModelIdentity(
        name,
        "CLIP ViT-S/16, 128 px",
        ContentHash.of(name),
        ContentHash.of("configuration"),
        Optional.of(
            "The phantom models understand phantoms only: on any other image their figures say"
                + " nothing about medicine."));
  }

  static AuditedModel model(String name, AuditTask task, double tscore, double noise) {
    List<SampleBalance> balances = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (Sample sample : DATA.samples()) {
      balances.add(balance(sample, task, tscore + 0.07 * random.nextGaussian(), noise, random));
    }
    List<Double> deltas = balances.stream().map(b -> b.share().orElseThrow().delta()).toList();
    double mean = deltas.stream().mapToDouble(d -> (d + 1) / 2).average().orElseThrow();
    ModalityBalance summary =
        new ModalityBalance(
            balances.size(),
            0,
            new Estimate(mean, 0.07, mean - 0.028, mean + 0.029, balances.size()),
            share(deltas, 0.1),
            share(deltas, 0.2),
            List.of(
                new AlignmentLevel(
                    AlignmentLevel.Kind.MIN_MAX, new Estimate(0.548, 0.131, 0.51, 0.59, 24))),
            task == AuditTask.VQA
                ? Optional.of(new Estimate(0.83, 0.38, 0.66, 0.93, 24))
                : Optional.empty(),
            new ModalityBalance.ModalityMeans(
                new Estimate(3.214, 1, 2.9, 3.6, 24),
                new Estimate(5.92, 1, 5.4, 6.3, 24),
                new Estimate(2.25, 1, 1.9, 2.7, 24)),
            new ModalityBalance.Cost(12_288, 13.2));
    Map<String, SampleBalance> byId =
        balances.stream().collect(Collectors.toMap(SampleBalance::id, b -> b));
    return new AuditedModel(
        name,
        identity(name),
        Preset.FAITHFUL,
        summary,
        deltas,
        id -> Optional.ofNullable(byId.get(id)),
        SampleAudits::view);
  }

  private static Estimate share(List<Double> deltas, double bound) {
    double[] within = deltas.stream().mapToDouble(d -> Math.abs(d) < bound ? 1 : 0).toArray();
    return Bootstrap.bca(new Seed(1)).share(within, Clusters.singletons(within.length));
  }

  static SampleBalance balance(
      Sample sample, AuditTask task, double tscore, double noise, SplittableRandom random) {
    List<String> tokens = tokens(task == AuditTask.ISA ? sample.text() : sample.question());
    List<Double> text = draw(tokens.size(), random, i -> 1);
    RgbImage lesion = view(sample.id()).regions().get("lesion");
    List<Double> image =
        draw(
            GRID * GRID,
            random,
            i -> lesion == null ? 0.3 : 0.15 + 2 * covered(lesion, i / GRID, i % GRID));
    double total = 9;
    text = scaled(text, total * tscore);
    image = scaled(image, total * (1 - tscore));
    Optional<AnswerChoice> choice =
        task == AuditTask.VQA
            ? Optional.of(new AnswerChoice("left lower lobe", sample.answer().orElse(""), false))
            : Optional.empty();
    return new SampleBalance(
        sample.id(),
        Optional.of(new ModalityShare(tscore, noise / 2)),
        new TextContributions(tokens, text, errors(text.size(), noise * 0.8)),
        new ImageContributions(GRID, GRID, image, errors(image.size(), noise * 0.8)),
        new ModalityScores(2.1, 5.3, 4.4, 11.52),
        choice,
        interactions(tokens.size(), random),
        512,
        EFFORT);
  }

  private static List<Interaction> interactions(int tokens, SplittableRandom random) {
    return IntStream.range(0, tokens == 0 ? 0 : 12)
        .mapToObj(
            i ->
                new Interaction(
                    random.nextInt(GRID * GRID), i % tokens, random.nextGaussian() / (i + 1)))
        .sorted(Comparator.comparing(pair -> -Math.abs(pair.value())))
        .toList();
  }

  private static List<String> tokens(Optional<String> text) {
    List<String> tokens = new ArrayList<>();
    for (String word : text.orElse("").toLowerCase(java.util.Locale.ROOT).split("\\W+", -1)) {
      if (word.length() > 9) {
        tokens.add(word.substring(0, 5));
        tokens.add(word.substring(5) + "</w>");
      } else if (!word.isEmpty()) {
        tokens.add(word + "</w>");
      }
    }
    return tokens;
  }

  private static List<Double> draw(
      int n, SplittableRandom random, java.util.function.IntToDoubleFunction weight) {
    return IntStream.range(0, n)
        .mapToObj(i -> weight.applyAsDouble(i) * (0.5 + random.nextGaussian()))
        .toList();
  }

  private static List<Double> scaled(List<Double> values, double magnitude) {
    double sum = values.stream().mapToDouble(Math::abs).sum();
    return values.stream().map(v -> v * magnitude / sum).toList();
  }

  private static List<Double> errors(int n, double each) {
    return IntStream.range(0, n).mapToObj(i -> each * (1 + i % 3 * 0.1)).toList();
  }

  private static double covered(RgbImage mask, int row, int column) {
    int side = mask.width() / GRID;
    int inside = 0;
    for (int y = row * side; y < (row + 1) * side; y++) {
      for (int x = column * side; x < (column + 1) * side; x++) {
        inside += mask.sample(x, y, 0) > 127 ? 1 : 0;
      }
    }
    return (double) inside / (side * side);
  }

  private static Map<String, RgbImage> regions(Sample sample) {
    return sample.regions().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().read()));
  }

  static AuditedModel.View view(String id) {
    return requireNonNull(VIEWS.get(id));
  }

  static List<ShownSample> samples() {
    AuditedModel first = model("phantom", AuditTask.ISA, 0.47, 0.012);
    List<SampleFigures> figures =
        DATA.samples().stream()
            .map(sample -> SampleFigures.of(first.balanceOf(sample.id()).orElseThrow()))
            .toList();
    Map<String, Sample> byId =
        DATA.samples().stream().collect(Collectors.toMap(Sample::id, sample -> sample));
    return ShownSample.choose(figures, id -> false).entrySet().stream()
        .map(entry -> new ShownSample(requireNonNull(byId.get(entry.getKey())), entry.getValue()))
        .toList();
  }

  private static Section more() {
    Table table =
        new Table(
            "Zero-shot accuracy on 200 unseen phantoms with the planted shortcut and without it.",
            List.of(
                Table.Column.words("model"),
                Table.Column.numbers("with shortcut"),
                Table.Column.numbers("without"),
                Table.Column.numbers("drop"),
                Table.Column.numbers("|phi| on overlay"),
                Table.Column.numbers("|phi| on lesion")),
            List.of(
                List.of("phantom", "91.0 %", "90.5 %", "0.5", "3.1 %", "38.0 %"),
                List.of("phantom:overlay-shortcut", "98.5 %", "21.0 %", "77.5", "61.2 %", "6.4 %"),
                List.of("phantom:text-shortcut", "97.0 %", "30.0 %", "67.0", "2.2 %", "9.8 %")));
    return Section.of(
        "Planted shortcuts",
        Block.table(table),
        Block.points(
            List.of(
                "phantom reads the lesion: its accuracy does not depend on the burned-in text.",
                "phantom:overlay-shortcut reads the burned-in text.")));
  }

  /** A sample whose every word tries to become markup. */
  static Sample hostile(String text) {
    ImageSource image = DATA.samples().get(0).image();
    return new Sample(
        text,
        image,
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(text),
        Optional.of(text),
        Optional.empty(),
        Map.of(),
        Map.of());
  }
}

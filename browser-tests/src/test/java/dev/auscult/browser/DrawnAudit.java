package dev.auscult.browser;

import dev.auscult.balance.AlignmentLevel;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.Effort;
import dev.auscult.balance.ImageContributions;
import dev.auscult.balance.Interaction;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityScores;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.Preset;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.TextContributions;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.metric.Estimate;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.AuditedModel;
import dev.auscult.report.BalanceReport;
import dev.auscult.report.Host;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import dev.auscult.report.ShownSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The report of an audit whose figures are drawn: how a page behaves does not need a model. */
final class DrawnAudit {
  private static final int GRID = 14;
  private static final int SIZE = 96;
  static final List<String> MODELS = List.of("first", "second", "third");

  private final List<Sample> samples;

  DrawnAudit(int n) {
    samples = new PhantomDataset(PhantomConfig.of(n, new Seed(3)).withSize(SIZE)).samples();
  }

  /** TScore of a sample under a model, the same every time. */
  double tscore(int model, int sample) {
    return new Seed(17 * model + 1).derive(sample).random().nextDouble(0.05, 0.95);
  }

  /** Whether a sample's map under a model is noise. */
  static boolean noisy(int model, int sample) {
    return model == 1 && sample % 40 == 7;
  }

  void write(Path folder) throws IOException {
    List<AuditedModel> models = IntStream.range(0, MODELS.size()).mapToObj(this::model).toList();
    Provenance provenance =
        new Provenance(
            "test",
            models.stream().map(AuditedModel::identity).toList(),
            Optional.empty(),
            1,
            new Host("os", 2, "java", "none", 2, "fp32", Optional.empty()),
            Instant.EPOCH,
            1);
    RunReport run =
        new RunReport("a test", Map.of(), provenance, BalanceReport.result(models, List.of()));
    List<ShownSample> shown = List.of(new ShownSample(samples.get(0), "it is the first"));
    new BalanceReport(run, AuditTask.ISA, models, List.of(), samples, shown, List.of(), List.of())
        .write(folder, Progress.NONE);
  }

  private AuditedModel model(int model) {
    ContentHash hash = ContentHash.of("model " + model);
    List<Double> deltas =
        IntStream.range(0, samples.size()).mapToObj(i -> 2 * tscore(model, i) - 1).toList();
    return new AuditedModel(
        MODELS.get(model),
        new ModelIdentity(MODELS.get(model), "drawn", hash, hash, Optional.empty()),
        Preset.FAITHFUL,
        summary(),
        deltas,
        id -> Optional.of(balance(model, number(id))),
        id -> new AuditedModel.View(samples.get(number(id)).image().read(), Map.of()));
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  private ModalityBalance summary() {
    Estimate half = new Estimate(0.5, 0.2, 0.4, 0.6, samples.size());
    return new ModalityBalance(
        samples.size(),
        0,
        half,
        half,
        half,
        List.of(new AlignmentLevel(AlignmentLevel.Kind.MIN_MAX, half)),
        Optional.empty(),
        new ModalityBalance.ModalityMeans(half, half, half),
        new ModalityBalance.Cost(1, 1));
  }

  private SampleBalance balance(int model, int sample) {
    double tscore = tscore(model, sample);
    SplittableRandom random = new Seed(model).derive(sample).random();
    List<String> tokens = List.of("large</w>", "pleur", "al</w>", "effusion</w>", "left</w>");
    double error = noisy(model, sample) ? 9 : 0.001;
    return new SampleBalance(
        samples.get(sample).id(),
        Optional.of(new ModalityShare(tscore, 0.01)),
        new TextContributions(tokens, drawn(random, tokens.size(), tscore), same(5, error)),
        new ImageContributions(
            GRID, GRID, drawn(random, GRID * GRID, 1 - tscore), same(GRID * GRID, error)),
        new ModalityScores(1, 2, 3, 5),
        Optional.empty(),
        List.of(
            new Interaction(20, 3, 0.5), new Interaction(21, 3, -0.25), new Interaction(5, 0, 0.1)),
        100,
        new Effort(4, 4, "text", 3, OptionalLong.empty()));
  }

  private static List<Double> drawn(SplittableRandom random, int n, double magnitude) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      values.add(random.nextGaussian());
    }
    double sum = values.stream().mapToDouble(Math::abs).sum();
    return values.stream().map(value -> value * magnitude / sum).toList();
  }

  private static List<Double> same(int n, double value) {
    return IntStream.range(0, n).mapToObj(i -> value).toList();
  }
}

package dev.auscult.benchmarks;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.BalanceSink;
import dev.auscult.balance.ModalityBalanceAudit;
import dev.auscult.balance.PassBudget;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.SampleFigures;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.text.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times the audit of real images against the encoder's own throughput, and writes what a peer needs
 * to estimate the same values: inputs, players, a reference of many passes, and our estimates.
 */
public final class AuditWorker {
  private static final int BATCH = 64;
  private static final int REFERENCE_PASSES = 6000;
  private static final int SEEDS = 3;

  private final CountingEncoder encoder;
  private final Dataset data;

  private AuditWorker(DualEncoder encoder, Dataset data) {
    this.encoder = new CountingEncoder(encoder);
    this.data = data;
  }

  /** Arguments: checkpoint, data, samples to audit, samples to compare, threads, output file. */
  public static void main(String[] arguments) throws IOException {
    Compute compute = new Compute(Integer.parseInt(arguments[4]), DType.FLOAT32, 0);
    compute.apply();
    try (DualEncoder encoder = Models.load(arguments[0], compute)) {
      AuditWorker worker = new AuditWorker(encoder, Datasets.open(arguments[1]));
      worker.timeAudit(Integer.parseInt(arguments[2]));
      worker.writeComparison(Integer.parseInt(arguments[3]), Path.of(arguments[5]));
    }
  }

  private void timeAudit(int samples) {
    double before = imagesPerSecond();
    long images = encoder.images();
    long texts = encoder.texts();
    double seconds = seconds(() -> audit(data, PassBudget.standard(), 1, samples));
    images = encoder.images() - images;
    texts = encoder.texts() - texts;
    double imageRate = Math.max(before, imagesPerSecond());
    double textRate = textsPerSecond(encoder.meanTextLength());
    System.out.printf(
        "audit samples=%d image_passes=%d text_passes=%d seconds=%.3f image_rate=%.3f"
            + " text_rate=%.3f%n",
        samples, images, texts, seconds, imageRate, textRate);
  }

  private double imagesPerSecond() {
    int side = encoder.patchGrid().imageSize();
    PixelBatch pixels = new PixelBatch(BATCH, 3, side, side, new float[BATCH * 3 * side * side]);
    return bestRate(batches -> encoder.encodeImages(pixels));
  }

  private double textsPerSecond(int length) {
    int[] ids = IntStream.range(0, length).map(i -> 10 + i).toArray();
    int[][] texts = Stream.generate(() -> ids).limit(BATCH).toArray(int[][]::new);
    int[] pooled = new int[BATCH];
    Arrays.fill(pooled, length - 1);
    return bestRate(batches -> encoder.encodeTexts(texts, pooled));
  }

  /** The best of five: what the machine can do when it is not disturbed. */
  private static double bestRate(IntConsumer batch) {
    batch.accept(0);
    return IntStream.range(0, 5)
        .mapToDouble(i -> BATCH / seconds(() -> batch.accept(1)))
        .max()
        .orElseThrow();
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private List<SampleBalance> audit(Dataset dataset, PassBudget budget, long seed, int samples) {
    BalanceConfig config =
        BalanceConfig.faithful(AuditTask.ISA, new Seed(seed))
            .withBudget(budget)
            .withSamples(OptionalInt.of(samples));
    Kept kept = new Kept();
    new ModalityBalanceAudit(encoder, config, dataset).run(kept, Progress.NONE);
    return kept.samples;
  }

  private void writeComparison(int samples, Path target) throws IOException {
    List<Sample> chosen =
        data.samples().stream().filter(sample -> sample.text().isPresent()).limit(samples).toList();
    SafetensorsWriter writer =
        new SafetensorsWriter().metadata("mask", String.valueOf(encoder.tokenizer().maskId()));
    for (int i = 0; i < chosen.size(); i++) {
      add(writer, i, chosen.get(i));
    }
    writer.write(target);
  }

  private void add(SafetensorsWriter writer, int number, Sample sample) {
    Dataset alone = Datasets.of("one", List.of(sample));
    PixelBatch pixels = encoder.imageTransform().apply(sample.image().read());
    Tokens tokens = encoder.tokenizer().encode(sample.text().orElseThrow());
    long[] ids = Arrays.stream(tokens.ids()).asLongStream().toArray();
    long[] players =
        IntStream.range(0, ids.length)
            .filter(at -> !tokens.tokens().get(at).special())
            .asLongStream()
            .toArray();
    long side = pixels.width();
    writer.addFloats("pixels." + number, List.of(1L, 3L, side, side), pixels.values());
    writer.addLongs("ids." + number, List.of((long) ids.length), ids);
    writer.addLongs("players." + number, List.of((long) players.length), players);
    addValues(writer, "reference." + number, audit(alone, PassBudget.of(REFERENCE_PASSES), 99, 1));
    long passes = encoder.images() + encoder.texts();
    double seconds =
        seconds(
            () -> {
              for (int seed = 0; seed < SEEDS; seed++) {
                addValues(
                    writer,
                    "ours." + number + "." + seed,
                    audit(alone, PassBudget.standard(), seed, 1));
              }
            });
    passes = encoder.images() + encoder.texts() - passes;
    System.out.printf(
        "estimate sample=%d players=%d passes=%.1f seconds=%.3f%n",
        number,
        players.length + encoder.patchGrid().count(),
        (double) passes / SEEDS,
        seconds / SEEDS);
  }

  /** Image players first, as in the peer's games. */
  private static void addValues(SafetensorsWriter writer, String name, List<SampleBalance> one) {
    SampleBalance sample = one.get(0);
    List<Double> phi = new ArrayList<>(sample.image().phi());
    phi.addAll(sample.text().phi());
    float[] values = new float[phi.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = phi.get(i).floatValue();
    }
    writer.addFloats(name, List.of((long) values.length), values);
  }

  private static final class Kept implements BalanceSink {
    private final List<SampleBalance> samples = new ArrayList<>();

    @Override
    public Optional<SampleFigures> finished(String id) {
      return Optional.empty();
    }

    @Override
    public void accept(SampleBalance balance) {
      samples.add(balance);
    }
  }
}

package dev.auscult.benchmarks;

import dev.auscult.adapt.AdaptationMethod;
import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.AdapterTrainer;
import dev.auscult.adapt.AdapterTrainers;
import dev.auscult.adapt.ClassTexts;
import dev.auscult.adapt.LabelHierarchy;
import dev.auscult.adapt.LabelHierarchy.Member;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Times the training of adapters on 800 cached vectors of 512 numbers with 12 combinations of 4
 * classes and 4 concepts, three prompts each: {@code scale FITS THREADS} and {@code grid THREADS},
 * five shares of the data times five seeds times five methods. Prints seconds.
 */
public final class AdaptWorker {
  private static final int SAMPLES = 800;
  private static final int VALIDATION = 120;
  private static final int DIMENSION = 512;
  private static final int COMBINATIONS = 12;
  private static final int PROMPTS = 3;
  private static final double LOGIT_SCALE = 14.285;
  private static final List<Double> SHARES = List.of(.05, .1, .25, .5, 1.0);
  private static final int SPLITS = 5;

  private AdaptWorker() {}

  /** Runs one measurement after a short warm-up. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    fit(AdaptationMethod.SCALE, Map.of("epochs", "15"), task(SAMPLES, 0)).run();
    switch (arguments[0]) {
      case "scale" -> {
        List<Runnable> fits =
            IntStream.range(0, Integer.parseInt(arguments[1]))
                .mapToObj(seed -> fit(AdaptationMethod.SCALE, Map.of(), task(SAMPLES, seed)))
                .toList();
        System.out.println(seconds(fits, Integer.parseInt(arguments[2])));
      }
      case "grid" -> System.out.println(seconds(grid(), Integer.parseInt(arguments[1])));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static List<Runnable> grid() {
    List<Runnable> fits = new ArrayList<>();
    for (int split = 0; split < SPLITS; split++) {
      for (double share : SHARES) {
        AdaptationTask task = task((int) (share * SAMPLES), split);
        fits.add(fit(AdaptationMethod.SCALE, Map.of(), task));
        fits.add(fit(AdaptationMethod.LINEAR, Map.of(), task));
        fits.add(fit(AdaptationMethod.LINEAR, Map.of("balance", "weighted"), task));
        fits.add(fit(AdaptationMethod.CLIP_ADAPTER, Map.of(), task));
        fits.add(fit(AdaptationMethod.TIP_F, Map.of(), task));
      }
    }
    return fits;
  }

  private static Runnable fit(
      AdaptationMethod method, Map<String, String> settings, AdaptationTask task) {
    AdapterTrainer trainer = AdapterTrainers.of(method, settings);
    return () -> trainer.train(task, Progress.NONE);
  }

  private static double seconds(List<Runnable> fits, int threads)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long began = System.nanoTime();
    List<Future<Object>> running =
        pool.invokeAll(fits.stream().<Callable<Object>>map(Executors::callable).toList());
    for (Future<Object> fit : running) {
      fit.get();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    pool.shutdown();
    return seconds;
  }

  private static AdaptationTask task(int samples, long seed) {
    List<Member> members =
        IntStream.range(0, COMBINATIONS)
            .mapToObj(h -> new Member("combination " + h, h / 3, h % 4))
            .toList();
    FloatMatrix prompts = unit(COMBINATIONS * PROMPTS, 3);
    return new AdaptationTask(
        new LabelHierarchy(List.of("a", "b", "c", "d"), List.of("w", "x", "y", "z"), members),
        LabelMode.EXCLUSIVE,
        new ClassTexts(
            prompts,
            IntStream.range(0, COMBINATIONS * PROMPTS).mapToObj(p -> p / PROMPTS).toList(),
            unit(1, 4)),
        LOGIT_SCALE,
        features(samples, "train", seed),
        features(VALIDATION, "validation", seed),
        new Seed(seed));
  }

  private static LabelledFeatures features(int count, String name, long seed) {
    List<String> ids = IntStream.range(0, count).mapToObj(i -> name + i).toList();
    return new LabelledFeatures(
        ids,
        unit(count, seed + name.hashCode()),
        IntStream.range(0, count).mapToObj(i -> List.of(i % COMBINATIONS)).toList(),
        ids);
  }

  private static FloatMatrix unit(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * DIMENSION];
    for (int i = 0; i < rows; i++) {
      double[] row = random.doubles(DIMENSION, -1, 1).toArray();
      double norm = Math.sqrt(java.util.Arrays.stream(row).map(v -> v * v).sum());
      for (int k = 0; k < DIMENSION; k++) {
        values[i * DIMENSION + k] = (float) (row[k] / norm);
      }
    }
    return new FloatMatrix(rows, DIMENSION, values);
  }
}

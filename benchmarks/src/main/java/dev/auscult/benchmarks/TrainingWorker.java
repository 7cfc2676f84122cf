package dev.auscult.benchmarks;

import dev.auscult.adapt.AdaptationMethod;
import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.Adapter;
import dev.auscult.adapt.AdapterDescription;
import dev.auscult.adapt.AdapterTrainer;
import dev.auscult.adapt.AdapterTrainers;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.ClassPrompts;
import dev.auscult.adapt.ClassTexts;
import dev.auscult.adapt.LabelHierarchy;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.adapt.SavedAdapter;
import dev.auscult.adapt.TaskEncoder;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ImageSource;
import dev.auscult.data.LabelMode;
import dev.auscult.image.RgbImage;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains through an encoder on request, one batch per epoch, so that a driver can take turns
 * between it and a peer that does the same.
 *
 * <p>Reads commands line by line and answers each with one line:
 *
 * <pre>
 * train UPDATES   seconds per update
 * check           the loss after one update without dropout; its adapter is then in the folder
 * peak            the most memory held so far in megabytes
 * </pre>
 */
public final class TrainingWorker {
  private static final int SIDE = 224;

  private final AdaptationMethod method;
  private final DualEncoder model;
  private final AdaptationTask task;
  private final Path folder;

  private TrainingWorker(
      AdaptationMethod method, DualEncoder model, AdaptationTask task, Path folder) {
    this.method = method;
    this.model = model;
    this.task = task;
    this.folder = folder;
  }

  /**
   * Arguments: {@code coop} or {@code lora}, checkpoint, labels, threads, and a folder. The
   * training images' embeddings and pixels are written there for the peer.
   */
  public static void main(String[] arguments) throws IOException {
    AdaptationMethod method = AdaptationMethod.of(arguments[0]);
    Compute compute = new Compute(Integer.parseInt(arguments[3]), DType.FLOAT32, 0);
    compute.apply();
    try (DualEncoder model = Models.load(arguments[1], compute);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      AdaptationTask task =
          task(model, compute, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[5]));
      TrainingWorker worker = new TrainingWorker(method, model, task, Path.of(arguments[4]));
      worker.writeInputs();
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(worker.answer(line.split(" ")));
      }
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "train" -> Double.toString(seconds(Integer.parseInt(words[1])));
      case "check" -> Double.toString(lossAfterOneUpdate());
      case "peak" -> Double.toString(EncoderWorker.peakMegabytes());
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private double seconds(int updates) {
    double[] clock = new double[2];
    Progress timing =
        (name, total) -> {
          clock[0] = System.nanoTime() / 1e9;
          return new Progress.Task() {
            @Override
            public void advance(long steps) {
              clock[1] = System.nanoTime() / 1e9;
            }

            @Override
            public void close() {}
          };
        };
    trainer(updates, Map.of()).train(task, timing);
    return (clock[1] - clock[0]) / updates;
  }

  /** As the predictions say, not as training does: both ways are checked at once. */
  private double lossAfterOneUpdate() throws IOException {
    AdapterTrainer once =
        trainer(1, method == AdaptationMethod.LORA ? Map.of("dropout", "0") : Map.of());
    Adapter adapter = once.train(task, Progress.NONE).adapter();
    save(once, adapter);
    ClassPredictions predictions = ClassPredictions.of(adapter, task, task.train());
    return IntStream.range(0, task.train().size())
        .mapToDouble(i -> -Math.log(predictions.probabilities(i)[i % task.labels().size()]))
        .average()
        .orElseThrow();
  }

  private AdapterTrainer trainer(int updates, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(method == AdaptationMethod.LORA ? "iterations" : "epochs", Integer.toString(updates));
    return AdapterTrainers.of(method, all);
  }

  private void save(AdapterTrainer trainer, Adapter adapter) throws IOException {
    AdapterDescription description =
        new AdapterDescription(
            method,
            trainer.settings(),
            Map.of(),
            task.labels(),
            task.mode(),
            task.encoder().orElseThrow().prompts(),
            task.logitScale(),
            AdapterDescription.Model.of(model.identity()),
            ContentHash.of("benchmark"),
            0);
    new SavedAdapter(description, adapter).write(folder.resolve("adapter.safetensors"));
  }

  private void writeInputs() throws IOException {
    write(folder.resolve("images.f32"), task.train().images().toArray());
    float[] pixels = new float[task.train().size() * 3 * SIDE * SIDE];
    for (int i = 0; i < task.train().size(); i++) {
      float[] one = model.imageTransform().apply(new Noise("s" + i).read()).values();
      System.arraycopy(one, 0, pixels, i * one.length, one.length);
    }
    write(folder.resolve("pixels.f32"), pixels);
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  private static AdaptationTask task(DualEncoder model, Compute compute, int labels, int samples) {
    List<String> names = IntStream.range(0, labels).mapToObj(TrainingWorker::name).toList();
    ClassPrompts prompts =
        new ClassPrompts(
            names.stream().map(name -> name + ".").toList(),
            IntStream.range(0, labels).boxed().toList(),
            "none.");
    List<String> ids = IntStream.range(0, samples).mapToObj(i -> "s" + i).toList();
    Map<String, ImageSource> images = new HashMap<>();
    ids.forEach(id -> images.put(id, new Noise(id)));
    int d = model.dimension();
    return new AdaptationTask(
            LabelHierarchy.flat(names),
            LabelMode.EXCLUSIVE,
            new ClassTexts(unit(labels, d, 1), prompts.combinationOf(), unit(1, d, 2)),
            model.logitScale(),
            new LabelledFeatures(
                ids,
                unit(samples, d, 3),
                IntStream.range(0, samples).mapToObj(i -> List.of(i % labels)).toList(),
                ids),
            new LabelledFeatures(List.of(), unit(0, d, 4), List.of(), List.of()),
            new Seed(0))
        .through(new TaskEncoder(model, compute, prompts, images));
  }

  /** Four letters: with the full stop five tokens of a vocabulary of bytes. */
  static String name(int label) {
    return "%c%c%cd".formatted('a' + label % 26, 'b' + label / 26, 'a' + label * 7 % 26);
  }

  private static FloatMatrix unit(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      double[] row = random.doubles(columns, -1, 1).toArray();
      double norm = Math.sqrt(IntStream.range(0, columns).mapToDouble(k -> row[k] * row[k]).sum());
      for (int k = 0; k < columns; k++) {
        values[i * columns + k] = (float) (row[k] / norm);
      }
    }
    return new FloatMatrix(rows, columns, values);
  }

  /** An image of random pixels. */
  private record Noise(String name) implements ImageSource {
    @Override
    public RgbImage read() {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      new SplittableRandom(name.hashCode()).nextBytes(rgb);
      return new RgbImage(SIDE, SIDE, rgb);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name);
    }
  }
}

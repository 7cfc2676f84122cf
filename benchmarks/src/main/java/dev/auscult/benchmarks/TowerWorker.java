package dev.auscult.benchmarks;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.ImageTower;
import dev.auscult.model.MapPoolingConfig;
import dev.auscult.model.Parameters;
import dev.auscult.model.ProjectionConfig;
import dev.auscult.model.ResNetConfig;
import dev.auscult.model.ResNetConfig.Form;
import dev.auscult.model.SwinConfig;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs one image tower on request, without the rest of a model, so that a driver can take turns
 * between it and its library.
 *
 * <p>Reads commands line by line and answers each with one line:
 *
 * <pre>
 * time BATCH ITERATIONS   seconds for that many image batches
 * embed COUNT             the embeddings of COUNT synthetic images, values separated by spaces
 * </pre>
 */
public final class TowerWorker {
  private static final int SIZE = 224;

  private final ImageTower tower;

  private TowerWorker(ImageTower tower) {
    this.tower = tower;
  }

  /** Arguments: the tower, its safetensors file, {@code fp32} or {@code bf16}, threads. */
  public static void main(String[] arguments) throws IOException {
    DType dtype = arguments[2].equals("bf16") ? DType.BFLOAT16 : DType.FLOAT32;
    new Compute(Integer.parseInt(arguments[3]), dtype, 0).apply();
    Architecture architecture = architecture(arguments[0]);
    SafetensorsFile file = SafetensorsFile.open(Path.of(arguments[1]));
    try (Parameters parameters = load(file, architecture.names, dtype);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      TowerWorker worker = new TowerWorker(architecture.tower.apply(parameters));
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(worker.answer(line.split(" ")));
      }
    }
  }

  private record Architecture(Set<String> names, Function<Parameters, ImageTower> tower) {}

  private static Architecture architecture(String name) {
    return switch (name) {
      case "resnet-50" ->
          resNet(
              ResNetConfig.resNet50(
                  SIZE, new MapPoolingConfig.Average(ProjectionConfig.of(2048).linear("fc", 512))));
      case "rn50" ->
          resNet(
              new ResNetConfig(
                  Form.OPENAI,
                  64,
                  List.of(3, 4, 6, 3),
                  SIZE,
                  new MapPoolingConfig.Attention("attnpool.", 32, 1024)));
      case "swin-t" -> {
        SwinConfig config =
            SwinConfig.tiny(
                SwinConfig.Pooling.MEAN, ProjectionConfig.of(768).linear("projection_head", 512));
        yield new Architecture(
            config.shapes("model.").keySet(), parameters -> config.of(parameters, "model."));
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Architecture resNet(ResNetConfig config) {
    return new Architecture(config.shapes("").keySet(), parameters -> config.of(parameters, ""));
  }

  private static Parameters load(SafetensorsFile file, Set<String> names, DType dtype) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, Tensor.unscoped(() -> file.get(name).view().to(dtype)));
    }
    return new Parameters(tensors);
  }

  private String answer(String[] words) {
    int count = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "time" -> seconds(count, Integer.parseInt(words[2]));
      case "embed" -> line(embed(SyntheticImages.of(count, SIZE)));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private String seconds(int batch, int iterations) {
    PixelBatch pixels = SyntheticImages.of(batch, SIZE);
    long start = System.nanoTime();
    for (int i = 0; i < iterations; i++) {
      embed(pixels);
    }
    return Double.toString((System.nanoTime() - start) / 1e9);
  }

  private float[] embed(PixelBatch pixels) {
    try (Scope scope = Scope.inference()) {
      Tensor input = Tensor.of(pixels.values(), pixels.count(), 3, SIZE, SIZE);
      return Functions.l2Normalize(tower.forward(input, null).to(DType.FLOAT32)).toFloats();
    }
  }

  private static String line(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Float.toString(values[i]))
        .collect(Collectors.joining(" "));
  }
}

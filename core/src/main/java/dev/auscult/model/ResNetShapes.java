package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the sizes of a residual network of bottlenecks off its tensors.
 *
 * @param weights the file
 * @param prefix what precedes {@code layer1.0.conv1.weight}
 */
record ResNetShapes(Weights weights, String prefix) {
  private static final int HEAD = 64;
  private static final int MOST_BLOCKS = 200;

  /** Whether such a network is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(prefix + "layer1.0.conv3.weight") != null
        && weights.find(prefix + "layer4.0.conv3.weight") != null;
  }

  /** OpenAI's modified network: the input is 32 times as large as the map that is attended to. */
  TowerPlan<ResNetTower> openAi() {
    String pool = prefix + "attnpool.";
    int positions = size(pool + "positional_embedding", 0);
    int side = (int) Math.round(Math.sqrt(positions - 1.0));
    if (side * side + 1 != positions || side > 256) {
      throw unexpected(pool + "positional_embedding", "one position per pixel of a square and one");
    }
    int heads = Math.max(1, width() * ResNetConfig.REDUCTION / HEAD);
    return plan(
        new ResNetConfig(
            ResNetConfig.Form.OPENAI,
            width(),
            depths(),
            side * ResNetConfig.REDUCTION,
            new MapPoolingConfig.Attention(pool, heads, size(pool + "c_proj.weight", 0))),
        "modified ");
  }

  /** torchvision's network. */
  TowerPlan<ResNetTower> torchvision(int imageSize, MapPoolingConfig pooling) {
    return plan(
        new ResNetConfig(ResNetConfig.Form.TORCHVISION, width(), depths(), imageSize, pooling), "");
  }

  private TowerPlan<ResNetTower> plan(ResNetConfig config, String form) {
    int layers = 2 + 3 * config.depths().stream().mapToInt(Integer::intValue).sum();
    String width = config.width() == 64 ? "" : "x%.3g".formatted(config.width() / 64.0);
    return TowerPlan.of(
        form + "ResNet-" + layers + width,
        config.shapes(prefix),
        parameters -> config.of(parameters, prefix));
  }

  private int width() {
    return size(prefix + "layer1.0.conv1.weight", 0);
  }

  private List<Integer> depths() {
    return IntStream.rangeClosed(1, 4)
        .mapToObj(
            stage ->
                (int)
                    IntStream.range(0, MOST_BLOCKS)
                        .takeWhile(
                            block ->
                                weights.find(
                                        "%slayer%d.%d.conv1.weight".formatted(prefix, stage, block))
                                    != null)
                        .count())
        .toList();
  }

  private int size(String name, int dimension) {
    StoredTensor tensor = weights.find(name);
    List<Long> shape = tensor == null ? List.of() : tensor.shape();
    if (shape.size() <= dimension || shape.get(dimension) < 2 || shape.get(dimension) > 1 << 20) {
      throw unexpected(name, "a residual network's shape");
    }
    return shape.get(dimension).intValue();
  }

  private InputException unexpected(String name, String expected) {
    StoredTensor tensor = weights.find(name);
    return new InputException(
        weights.weightsName(),
        tensor == null
            ? "no tensor \"" + name + "\""
            : "\"%s\" of %s".formatted(name, tensor.shape()),
        expected,
        "check that the file is the checkpoint's own");
  }
}

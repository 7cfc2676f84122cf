package dev.auscult.model;

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

  /** Whether such a network is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(prefix + "layer1.0.conv3.weight") != null
        && weights.find(prefix + "layer4.0.conv3.weight") != null;
  }

  /** OpenAI's modified network: the input is 32 times as large as the map that is attended to. */
  TowerPlan<ResNetTower> openAi() {
    int side = sizes().side("attnpool.positional_embedding", 0);
    int heads = Math.max(1, width() * ResNetConfig.REDUCTION / HEAD);
    return plan(
        new ResNetConfig(
            ResNetConfig.Form.OPENAI,
            width(),
            depths(),
            side * ResNetConfig.REDUCTION,
            new MapPoolingConfig.Attention(
                prefix + "attnpool.", heads, sizes().size("attnpool.c_proj.weight", 0))),
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
    return sizes().size("layer1.0.conv1.weight", 0);
  }

  private List<Integer> depths() {
    return IntStream.rangeClosed(1, 4)
        .mapToObj(stage -> sizes().layers("layer%d.".formatted(stage)))
        .toList();
  }

  private TensorSizes sizes() {
    return new TensorSizes(weights, prefix, "residual networks");
  }
}

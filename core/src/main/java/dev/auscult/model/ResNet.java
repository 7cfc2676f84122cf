package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A residual network up to its last feature map, with every batch normalisation folded into the
 * convolution before it.
 *
 * @param config its sizes
 * @param stem the convolutions before the blocks
 */
public record ResNet(ResNetConfig config, List<Convolution> stem, List<Bottleneck> blocks) {

  /** Copies the lists. */
  public ResNet {
    stem = List.copyOf(stem);
    blocks = List.copyOf(blocks);
  }

  /** The network whose tensors have {@link ResNetConfig#shapes} and this prefix. */
  static ResNet of(ResNetConfig config, Parameters parameters, String prefix) {
    List<Bottleneck> blocks = new ArrayList<>();
    for (int stage = 0; stage < config.depths().size(); stage++) {
      for (int block = 0; block < config.depths().get(stage); block++) {
        boolean shrinks = stage > 0 && block == 0;
        String name = ResNetConfig.block(prefix, stage, block);
        blocks.add(block(config.form(), parameters, name, block == 0, shrinks));
      }
    }
    return new ResNet(config, stem(config.form(), parameters, prefix), blocks);
  }

  private static List<Convolution> stem(
      ResNetConfig.Form form, Parameters parameters, String prefix) {
    Convolution first = Convolution.normalized(parameters, prefix + "conv1", prefix + "bn1", 2);
    return switch (form) {
      case TORCHVISION -> List.of(first);
      case OPENAI ->
          List.of(
              first,
              Convolution.normalized(parameters, prefix + "conv2", prefix + "bn2", 1),
              Convolution.normalized(parameters, prefix + "conv3", prefix + "bn3", 1));
    };
  }

  private static Bottleneck block(
      ResNetConfig.Form form, Parameters parameters, String name, boolean first, boolean shrinks) {
    boolean pools = form == ResNetConfig.Form.OPENAI;
    int stride = shrinks && !pools ? 2 : 1;
    String shortcut = name + "downsample.";
    return new Bottleneck(
        Convolution.normalized(parameters, name + "conv1", name + "bn1", 1),
        Convolution.normalized(parameters, name + "conv2", name + "bn2", stride),
        Convolution.normalized(parameters, name + "conv3", name + "bn3", 1),
        first ? Convolution.normalized(parameters, shortcut + "0", shortcut + "1", stride) : null,
        shrinks && pools ? 2 : 1);
  }

  /**
   * Computes the last feature map.
   *
   * @param pixels {@code [n, channels, size, size]}
   * @return {@code [n, features, size / 32, size / 32]}
   */
  public Tensor forward(Tensor pixels) {
    List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    steps.add(this::enter);
    blocks.forEach(block -> steps.add(block::forward));
    return Scope.through(pixels, steps);
  }

  private Tensor enter(Tensor pixels) {
    List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    steps.add(image -> Functions.channelsLast(image.to(stem.get(0).weight().dtype())));
    stem.forEach(convolution -> steps.add(convolution::rectified));
    steps.add(
        switch (config.form()) {
          case TORCHVISION -> map -> Functions.maxPool2d(map, 3, 2, 1);
          case OPENAI -> map -> Functions.averagePool2d(map, 2);
        });
    return Scope.through(pixels, steps);
  }
}

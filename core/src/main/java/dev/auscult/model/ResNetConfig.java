package dev.auscult.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The size of a residual network of bottlenecks (He 2015).
 *
 * @param form whose variant it is
 * @param width features of the first stage's middle convolutions; each stage doubles them
 * @param depths blocks of each of the four stages
 * @param imageSize side of the input in pixels, a multiple of 32
 * @param pooling of the last map
 */
public record ResNetConfig(
    Form form, int width, List<Integer> depths, int imageSize, MapPoolingConfig pooling) {
  /** Pixels of the input along one side for each of the last map. */
  public static final int REDUCTION = 32;

  private static final int STAGES = 4;
  private static final int CHANNELS = 3;

  /** The variants. */
  public enum Form {
    /**
     * torchvision's: a stem of one convolution and max pooling; strided convolutions make the maps
     * smaller.
     */
    TORCHVISION,
    /**
     * OpenAI's (Radford 2021, section 2.4): a stem of three convolutions; means over windows make
     * the maps smaller.
     */
    OPENAI
  }

  /** Checks the sizes. */
  public ResNetConfig {
    depths = List.copyOf(depths);
    if (width < 2 || width % 2 != 0 || depths.size() != STAGES || Collections.min(depths) < 1) {
      throw new IllegalArgumentException(
          "a residual network of width %d and %s blocks".formatted(width, depths));
    }
    new PatchGrid(imageSize, REDUCTION);
  }

  /** torchvision's ResNet-50. */
  public static ResNetConfig resNet50(int imageSize, MapPoolingConfig pooling) {
    return new ResNetConfig(Form.TORCHVISION, 64, List.of(3, 4, 6, 3), imageSize, pooling);
  }

  /** Channels of the input. */
  int channels() {
    return CHANNELS;
  }

  /** Features of each pixel of the last map. */
  public int features() {
    return (width * Bottleneck.EXPANSION) << (STAGES - 1);
  }

  /** The last map. */
  public PatchGrid grid() {
    return new PatchGrid(imageSize, REDUCTION);
  }

  /** Floats of the largest map, which the stem makes. */
  long activations() {
    long side = imageSize / 2;
    return side * side * width;
  }

  /** The shape of every tensor, those of the network named after {@code prefix}. */
  public Map<String, List<Long>> shapes(String prefix) {
    TensorShapes shapes = new TensorShapes();
    putStem(shapes, prefix);
    long inputs = width;
    for (int stage = 0; stage < STAGES; stage++) {
      long middle = (long) width << stage;
      for (int block = 0; block < depths.get(stage); block++) {
        putBlock(shapes, block(prefix, stage, block), inputs, middle, block == 0);
        inputs = middle * Bottleneck.EXPANSION;
      }
    }
    pooling.putShapes(shapes, features(), grid().count());
    return shapes.asMap();
  }

  /** The tower over tensors named and shaped as {@link #shapes} says. */
  public ResNetTower of(Parameters parameters, String prefix) {
    return new ResNetTower(ResNet.of(this, parameters, prefix), pooling.of(parameters));
  }

  private void putStem(TensorShapes shapes, String prefix) {
    switch (form) {
      case TORCHVISION ->
          Convolution.putShapes(shapes, prefix + "conv1", prefix + "bn1", width, CHANNELS, 7);
      case OPENAI -> {
        long half = width / 2;
        Convolution.putShapes(shapes, prefix + "conv1", prefix + "bn1", half, CHANNELS, 3);
        Convolution.putShapes(shapes, prefix + "conv2", prefix + "bn2", half, half, 3);
        Convolution.putShapes(shapes, prefix + "conv3", prefix + "bn3", width, half, 3);
      }
    }
  }

  private static void putBlock(
      TensorShapes shapes, String name, long inputs, long middle, boolean first) {
    long outputs = middle * Bottleneck.EXPANSION;
    Convolution.putShapes(shapes, name + "conv1", name + "bn1", middle, inputs, 1);
    Convolution.putShapes(shapes, name + "conv2", name + "bn2", middle, middle, 3);
    Convolution.putShapes(shapes, name + "conv3", name + "bn3", outputs, middle, 1);
    if (first) {
      String shortcut = name + "downsample.";
      Convolution.putShapes(shapes, shortcut + "0", shortcut + "1", outputs, inputs, 1);
    }
  }

  /** The prefix of a block's tensors. */
  static String block(String prefix, int stage, int block) {
    return "%slayer%d.%d.".formatted(prefix, stage + 1, block);
  }
}

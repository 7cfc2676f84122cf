package dev.auscult.model;

import dev.auscult.model.SwinStage.PatchMerging;
import dev.auscult.model.SwinStage.WindowBlock;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What Hugging Face calls the tensors of a Swin transformer, and the transformer made of them. */
final class SwinFormat {
  private static final String PATCHES = "embeddings.patch_embeddings.projection";
  private static final String PATCH_NORM = "embeddings.norm";
  private static final String OUTPUT_NORM = "layernorm";
  private static final String MERGING_NORM = "downsample.norm";
  private static final String REDUCTION = "downsample.reduction";

  /** What is added to the score of two pixels that only shifting has made neighbours. */
  private static final float PENALTY = -100;

  private SwinFormat() {}

  private static String stage(String prefix, int stage) {
    return "%sencoder.layers.%d.".formatted(prefix, stage);
  }

  private static String blocks(String stage) {
    return stage + "blocks.";
  }

  private static String biasTable(String stage, int block) {
    return blocks(stage) + block + ".attention.self.relative_position_bias_table";
  }

  /** Adds the tensors of the tower without its projection. */
  static void putShapes(TensorShapes shapes, SwinConfig config, String prefix) {
    SwinConfig.Input input = config.input();
    long patch = input.patchSize();
    shapes
        .tensor(prefix + PATCHES + ".weight", input.width(), config.channels(), patch, patch)
        .tensor(prefix + PATCHES + ".bias", input.width())
        .norm(prefix + PATCH_NORM, input.width());
    for (int stage = 0; stage < config.stages().size(); stage++) {
      putStage(shapes, config, stage, stage(prefix, stage));
    }
    shapes.norm(prefix + OUTPUT_NORM, config.features());
  }

  private static void putStage(TensorShapes shapes, SwinConfig config, int stage, String name) {
    TransformerConfig transformer = config.transformer(stage);
    BlockFormat.SWIN.putShapes(shapes, blocks(name), transformer);
    long offsets = 2L * config.input().window() - 1;
    for (int block = 0; block < transformer.layers(); block++) {
      shapes.tensor(biasTable(name, block), offsets * offsets, transformer.heads());
    }
    if (config.halves(stage)) {
      long width = transformer.width();
      shapes
          .norm(name + MERGING_NORM, 4 * width)
          .tensor(name + REDUCTION + ".weight", 2 * width, 4 * width);
    }
  }

  /** The tower over these tensors. */
  static SwinTower tower(SwinConfig config, Parameters parameters, String prefix) {
    return new SwinTower(
        config,
        Linear.of(parameters, prefix + PATCHES),
        LayerNorm.of(parameters, prefix + PATCH_NORM, SwinConfig.EPSILON),
        IntStream.range(0, config.stages().size())
            .mapToObj(stage -> stage(config, stage, parameters, stage(prefix, stage)))
            .toList(),
        LayerNorm.of(parameters, prefix + OUTPUT_NORM, SwinConfig.EPSILON),
        config.projection().of(parameters));
  }

  private static SwinStage stage(SwinConfig config, int stage, Parameters parameters, String name) {
    WindowedMap map = config.map(stage);
    List<TransformerBlock> blocks =
        BlockFormat.SWIN.blocks(parameters, blocks(name), config.transformer(stage));
    List<WindowBlock> inWindows = new ArrayList<>();
    long[] present = map.rows();
    for (int block = 0; block < blocks.size(); block++) {
      long[] wanted = map.windows(map.shift(block));
      inWindows.add(
          new WindowBlock(
              places(parameters, present, wanted),
              blocks.get(block),
              bias(parameters, biasTable(name, block), map, map.shift(block))));
      present = wanted;
    }
    boolean halves = config.halves(stage);
    return new SwinStage(
        inWindows,
        places(parameters, present, halves ? map.squares() : map.rows()),
        halves ? merging(parameters, name) : null);
  }

  private static PatchMerging merging(Parameters parameters, String name) {
    return new PatchMerging(
        LayerNorm.of(parameters, name + MERGING_NORM, SwinConfig.EPSILON),
        Linear.withoutBias(parameters, name + REDUCTION));
  }

  private static Tensor places(Parameters parameters, long[] present, long[] wanted) {
    long[] places = WindowedMap.places(present, wanted);
    return parameters.derive(() -> Tensor.of(places, places.length));
  }

  /** {@code [1 or windows, heads, pixels, pixels]}. */
  private static Tensor bias(Parameters parameters, String name, WindowedMap map, int shift) {
    Tensor table = parameters.get(name);
    long pixels = (long) map.window() * map.window();
    long heads = table.size(1);
    return parameters.derive(
        () -> {
          Tensor learnt =
              table
                  .indexSelect(0, Tensor.of(map.offsets(), pixels * pixels))
                  .transpose(0, 1)
                  .reshape(1, heads, pixels, pixels);
          return shift == 0
              ? learnt.contiguous()
              : learnt.add(penalties(map, shift, table.dtype()));
        });
  }

  /** {@code [windows, 1, pixels, pixels]}. */
  private static Tensor penalties(WindowedMap map, int shift, DType dtype) {
    long pixels = (long) map.window() * map.window();
    long windows = (long) map.side() * map.side() / pixels;
    return Tensor.of(map.penalties(shift, PENALTY), windows, 1, pixels, pixels).to(dtype);
  }
}

package dev.auscult.adapt;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An adapter as named tensors. */
final class AdapterTensors {
  private static final String FORM = "auscult.adapter.form";
  private static final String DOWN = ".down";
  private static final String UP = ".up";

  /** Which kind of adapter the tensors are. */
  private enum Form {
    EMBEDDING,
    LINEAR,
    CACHE,
    CONTEXT,
    LOW_RANK
  }

  private AdapterTensors() {}

  static SafetensorsWriter writer(Adapter adapter) {
    if (adapter instanceof EmbeddingAdapter embedding) {
      SafetensorsWriter writer = begin(Form.EMBEDDING);
      writer.metadata("prompts", embedding.use().name());
      addBranch(writer, "image", embedding.image());
      addBranch(writer, "text", embedding.text());
      return writer;
    }
    if (adapter instanceof LinearHead linear) {
      return begin(Form.LINEAR)
          .addMatrix("weights", linear.weights())
          .addMatrix("bias", linear.bias());
    }
    if (adapter instanceof CacheHead cache) {
      return begin(Form.CACHE)
          .addMatrix("keys", cache.keys())
          .addMatrix("values", cache.values())
          .addMatrix("texts", cache.texts())
          .metadata("share", Double.toString(cache.share()))
          .metadata("sharpness", Double.toString(cache.sharpness()));
    }
    if (adapter instanceof PromptContext context) {
      return begin(Form.CONTEXT)
          .addMatrix("context", context.vectors())
          .addMatrix("texts", context.texts())
          .addMatrix("none", context.none());
    }
    if (adapter instanceof LowRankAdapter lowRank) {
      SafetensorsWriter writer = begin(Form.LOW_RANK);
      writer.metadata("scale", Double.toString(lowRank.scale()));
      lowRank
          .updates()
          .forEach(
              (site, update) ->
                  writer.addMatrix(site + DOWN, update.down()).addMatrix(site + UP, update.up()));
      return writer;
    }
    throw new IllegalStateException("no form for " + adapter.getClass());
  }

  private static SafetensorsWriter begin(Form form) {
    return new SafetensorsWriter().metadata(FORM, form.name());
  }

  private static void addBranch(SafetensorsWriter writer, String branch, List<Bottleneck> layers) {
    for (int i = 0; i < layers.size(); i++) {
      Bottleneck layer = layers.get(i);
      String name = branch + "." + i;
      writer.addMatrix(name + ".down", layer.down());
      writer.addMatrix(name + ".up", layer.up());
      writer.metadata(name + ".ratio", Double.toString(layer.ratio()));
      writer.metadata(name + ".outer", layer.outer().name());
    }
  }

  /**
   * Reads a file that {@link #writer} began.
   *
   * @throws InputException if it is no adapter, or its parts do not fit together
   */
  static SavedAdapter read(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    AdapterDescription description = DescriptionJson.read(file);
    try {
      Adapter adapter =
          switch (Form.valueOf(text(file, FORM))) {
            case EMBEDDING ->
                new EmbeddingAdapter(
                    branch(file, "image"),
                    branch(file, "text"),
                    PromptUse.valueOf(text(file, "prompts")));
            case LINEAR -> new LinearHead(matrix(file, "weights"), matrix(file, "bias"));
            case CACHE -> cache(file, description.mode(), description.logitScale());
            case CONTEXT ->
                new PromptContext(
                    matrix(file, "context"), matrix(file, "texts"), matrix(file, "none"));
            case LOW_RANK -> lowRank(file);
          };
      return new SavedAdapter(description, adapter);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          file.name(),
          "an adapter whose parts do not fit together (" + e.getMessage() + ")",
          "a file that auscult adapt wrote",
          "train it again",
          e);
    }
  }

  private static LowRankAdapter lowRank(SafetensorsFile file) {
    Map<String, LowRankAdapter.Update> updates = new LinkedHashMap<>();
    for (String name : file.names()) {
      if (name.endsWith(DOWN)) {
        String site = name.substring(0, name.length() - DOWN.length());
        updates.put(site, new LowRankAdapter.Update(matrix(file, name), matrix(file, site + UP)));
      }
    }
    return new LowRankAdapter(updates, Double.parseDouble(text(file, "scale")));
  }

  private static CacheHead cache(SafetensorsFile file, LabelMode mode, double logitScale) {
    return new CacheHead(
        matrix(file, "keys"),
        matrix(file, "values"),
        matrix(file, "texts"),
        Double.parseDouble(text(file, "share")),
        Double.parseDouble(text(file, "sharpness")),
        logitScale,
        mode);
  }

  private static List<Bottleneck> branch(SafetensorsFile file, String branch) {
    List<Bottleneck> layers = new ArrayList<>();
    for (int i = 0; file.find(branch + "." + i + ".down") != null; i++) {
      String name = branch + "." + i;
      layers.add(
          new Bottleneck(
              matrix(file, name + ".down"),
              matrix(file, name + ".up"),
              Double.parseDouble(text(file, name + ".ratio")),
              OuterActivation.valueOf(text(file, name + ".outer"))));
    }
    return layers;
  }

  private static String text(SafetensorsFile file, String key) {
    String value = file.metadata().get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }

  private static FloatMatrix matrix(SafetensorsFile file, String name) {
    StoredTensor tensor = file.get(name);
    if (tensor.shape().size() != 2 || !tensor.type().isFloating()) {
      throw new IllegalArgumentException(tensor + " is no matrix");
    }
    return new FloatMatrix(
        Math.toIntExact(tensor.shape().get(0)),
        Math.toIntExact(tensor.shape().get(1)),
        tensor.toFloats());
  }
}

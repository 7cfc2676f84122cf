package dev.auscult.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What leads from a tower's pooled state into the shared space, stage by stage. Names are whole
 * names of tensors: projections often lie outside their tower.
 *
 * @param inputs features of the pooled state
 * @param stages in order; none where the pooled state is the embedding
 */
public record ProjectionConfig(int inputs, List<Stage> stages) {

  /** A step on the way. */
  public sealed interface Stage {}

  /**
   * A {@link Linear} map of the tensors {@code name.weight} {@code [outputs, inputs]} and, if it
   * has one, {@code name.bias}.
   */
  public record Affine(String name, int outputs, boolean bias) implements Stage {}

  /** A {@link Product} with the tensor {@code name} {@code [inputs, outputs]}. */
  public record Times(String name, int outputs) implements Stage {}

  /** A {@link LayerNorm} of the tensors {@code name.weight} and {@code name.bias}. */
  public record Norm(String name, double epsilon) implements Stage {}

  /** A non-linearity. */
  public record Apply(Activation activation) implements Stage {}

  /** Copies the list. */
  public ProjectionConfig {
    stages = List.copyOf(stages);
  }

  /** No stages yet. */
  public static ProjectionConfig of(int inputs) {
    return new ProjectionConfig(inputs, List.of());
  }

  /** Followed by a linear map without bias. */
  public ProjectionConfig linear(String name, int outputs) {
    return then(new Affine(name, outputs, false));
  }

  /** Followed by a linear map with bias. */
  public ProjectionConfig affine(String name, int outputs) {
    return then(new Affine(name, outputs, true));
  }

  /** Followed by a product, {@code x W}. */
  public ProjectionConfig times(String name, int outputs) {
    return then(new Times(name, outputs));
  }

  /** Followed by a normalisation. */
  public ProjectionConfig norm(String name, double epsilon) {
    return then(new Norm(name, epsilon));
  }

  /** Followed by a non-linearity. */
  public ProjectionConfig apply(Activation activation) {
    return then(new Apply(activation));
  }

  private ProjectionConfig then(Stage stage) {
    List<Stage> longer = new ArrayList<>(stages);
    longer.add(stage);
    return new ProjectionConfig(inputs, longer);
  }

  /** Features of the result. */
  public int outputs() {
    int width = inputs;
    for (Stage stage : stages) {
      width = outputs(stage, width);
    }
    return width;
  }

  private static int outputs(Stage stage, int width) {
    if (stage instanceof Affine affine) {
      return affine.outputs;
    }
    return stage instanceof Times times ? times.outputs : width;
  }

  /** In words, after those for the state that enters it. */
  String description(String pooled) {
    return Stream.concat(Stream.of(pooled), stages.stream().map(ProjectionConfig::words))
        .collect(Collectors.joining(", "));
  }

  private static String words(Stage stage) {
    if (stage instanceof Affine affine) {
      return "linear to %d%s".formatted(affine.outputs, affine.bias ? " with bias" : "");
    }
    if (stage instanceof Times times) {
      return "linear to " + times.outputs;
    }
    return stage instanceof Apply apply ? apply.activation.key() : "layer norm";
  }

  /** Adds the tensors of all stages. */
  void putShapes(TensorShapes shapes) {
    int width = inputs;
    for (Stage stage : stages) {
      putShapes(shapes, stage, width);
      width = outputs(stage, width);
    }
  }

  private static void putShapes(TensorShapes shapes, Stage stage, int width) {
    if (stage instanceof Affine affine) {
      shapes.tensor(affine.name + ".weight", affine.outputs, width);
      if (affine.bias) {
        shapes.tensor(affine.name + ".bias", affine.outputs);
      }
    } else if (stage instanceof Times times) {
      shapes.tensor(times.name, width, times.outputs);
    } else if (stage instanceof Norm norm) {
      shapes.norm(norm.name, width);
    }
  }

  /** The projection over these tensors. */
  Projection of(Parameters parameters) {
    return new Projection(outputs(), stages.stream().map(s -> layer(s, parameters)).toList());
  }

  private static Layer layer(Stage stage, Parameters parameters) {
    if (stage instanceof Affine affine) {
      return affine.bias
          ? Linear.of(parameters, affine.name)
          : Linear.withoutBias(parameters, affine.name);
    }
    if (stage instanceof Times times) {
      return new Product(parameters.get(times.name));
    }
    if (stage instanceof Norm norm) {
      return LayerNorm.of(parameters, norm.name, norm.epsilon);
    }
    return ((Apply) stage).activation;
  }
}

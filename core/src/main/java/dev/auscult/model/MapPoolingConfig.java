package dev.auscult.model;

import static java.util.Objects.requireNonNull;

import dev.auscult.tensor.DType;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;

/** The architecture of a {@link MapPooling}. Names of tensors are whole names. */
public sealed interface MapPoolingConfig {

  /** Features of the vector. */
  int dimension();

  /** In words. */
  String words();

  /**
   * Adds its tensors.
   *
   * @param features of each pixel of the map
   * @param pixels of the map
   */
  void putShapes(TensorShapes shapes, long features, long pixels);

  /** The pooling over these tensors. */
  MapPooling of(Parameters parameters);

  /** The mean over all pixels, projected. */
  record Average(ProjectionConfig projection) implements MapPoolingConfig {
    @Override
    public int dimension() {
      return projection.outputs();
    }

    @Override
    public String words() {
      return projection.description("mean over the last map");
    }

    @Override
    public void putShapes(TensorShapes shapes, long features, long pixels) {
      projection.putShapes(shapes);
    }

    @Override
    public MapPooling of(Parameters parameters) {
      return new MapPooling.Average(projection.of(parameters));
    }
  }

  /**
   * OpenAI's attention pooling.
   *
   * @param name the prefix of its tensors, such as {@code visual.attnpool.}
   * @param heads of the attention, a divisor of the map's features
   */
  record Attention(String name, int heads, int dimension) implements MapPoolingConfig {
    @Override
    public String words() {
      return "attention of the mean with %d heads, to %d".formatted(heads, dimension);
    }

    @Override
    public void putShapes(TensorShapes shapes, long features, long pixels) {
      shapes
          .tensor(name + "positional_embedding", pixels + 1, features)
          .linear(name + "q_proj", features, features)
          .linear(name + "k_proj", features, features)
          .linear(name + "v_proj", features, features)
          .linear(name + "c_proj", dimension, features);
    }

    @Override
    public MapPooling of(Parameters parameters) {
      QueryKeyValue inputs =
          new QueryKeyValue.Apart(
              Linear.of(parameters, name + "q_proj"),
              Linear.of(parameters, name + "k_proj"),
              Linear.of(parameters, name + "v_proj"));
      return new MapPooling.Attention(
          parameters.get(name + "positional_embedding"),
          new MultiHeadAttention(inputs, Linear.of(parameters, name + "c_proj"), heads));
    }
  }

  /**
   * BioViL's projection of each pixel: a convolution of one pixel, batch normalisation, a rectifier
   * and another convolution of one pixel (Boecking 2022).
   *
   * @param name the prefix of its tensors, such as {@code projector.model.}
   * @param dimension features of the vector and of the hidden layer
   */
  record ProjectedPixels(String name, int dimension) implements MapPoolingConfig {
    @Override
    public String words() {
      return "each pixel of the last map through two layers to %d, mean".formatted(dimension);
    }

    @Override
    public void putShapes(TensorShapes shapes, long features, long pixels) {
      Convolution.putShapes(shapes, name + "0", name + "1", dimension, features, 1);
      shapes
          .tensor(name + "3.weight", dimension, dimension, 1, 1)
          .tensor(name + "3.bias", dimension);
    }

    @Override
    public MapPooling.ProjectedPixels of(Parameters parameters) {
      return new MapPooling.ProjectedPixels(
          Convolution.normalized(parameters, name + "0", name + "1", 1), output(parameters));
    }

    private Linear output(Parameters parameters) {
      Tensor matrix =
          parameters.derive(
              () -> {
                Tensor weight = parameters.once(name + "3.weight");
                return weight.reshape(weight.size(0), -1).to(parameters.dtype());
              });
      return new Linear(matrix, parameters.get(name + "3.bias"));
    }
  }

  /**
   * BioViL-T's projection of an image without a previous one (Bannur 2023): each pixel is reduced,
   * joined with the learnt features that stand for the missing comparison, and projected as by
   * {@link ProjectedPixels}. What compares two images is not used.
   *
   * @param encoder the prefix of the reduction and the learnt features, such as {@code encoder.}
   * @param reduced features after the reduction, as many as are learnt
   * @param projection of both
   */
  record WithoutPrevious(String encoder, int reduced, ProjectedPixels projection)
      implements MapPoolingConfig {
    @Override
    public int dimension() {
      return projection.dimension;
    }

    @Override
    public String words() {
      return "joined with what stands for no previous image, " + projection.words();
    }

    @Override
    public void putShapes(TensorShapes shapes, long features, long pixels) {
      shapes
          .tensor(encoder + "backbone_to_vit.weight", reduced, features, 1, 1)
          .tensor(encoder + "missing_previous_emb", 1, reduced, 1, 1);
      projection.putShapes(shapes, 2L * reduced, pixels);
    }

    /** The reduction and the hidden layer are one linear map; the learnt features only shift it. */
    @Override
    public MapPooling of(Parameters parameters) {
      MapPooling.ProjectedPixels joined = projection.of(parameters);
      return new MapPooling.ProjectedPixels(hidden(parameters, joined.hidden()), joined.output());
    }

    private Convolution hidden(Parameters parameters, Convolution joined) {
      DType dtype = joined.weight().dtype();
      Tensor weight =
          parameters.derive(
              () -> {
                Tensor reduction = matrix(parameters.once(encoder + "backbone_to_vit.weight"));
                return matrix(joined.weight())
                    .narrow(1, 0, reduced)
                    .matmul(reduction)
                    .unsqueeze(2)
                    .unsqueeze(3)
                    .to(dtype);
              });
      Tensor bias =
          parameters.derive(
              () -> {
                Tensor missing = parameters.once(encoder + "missing_previous_emb");
                Tensor shift =
                    Functions.linear(
                        missing.reshape(1, reduced),
                        matrix(joined.weight()).narrow(1, reduced, reduced),
                        requireNonNull(joined.bias()).to(DType.FLOAT32));
                return shift.reshape(-1).to(dtype);
              });
      return new Convolution(weight, bias, 1);
    }

    private static Tensor matrix(Tensor convolution) {
      return convolution.to(DType.FLOAT32).reshape(convolution.size(0), convolution.size(1));
    }
  }
}

package dev.auscult.adapt;

import dev.auscult.base.ContentHash;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.Architecture;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.model.PatchGrid;
import dev.auscult.model.ScoreFunction;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import java.util.List;
import java.util.Optional;

/**
 * A model whose embeddings pass through an adapter, or whose encoder an adapter changes: whatever
 * works with a model, masking included, works with the adapted one. Closing it closes the model.
 */
public final class AdaptedEncoder implements DualEncoder {
  private final DualEncoder model;
  private final EmbeddingAdapter adapter;
  private final ModelIdentity identity;
  private final List<DualEncoder> owned;

  private AdaptedEncoder(
      DualEncoder model, EmbeddingAdapter adapter, ContentHash file, List<DualEncoder> owned) {
    this.model = model;
    this.adapter = adapter;
    this.owned = List.copyOf(owned);
    ModelIdentity own = model.identity();
    this.identity =
        new ModelIdentity(
            own.name() + " + adapter",
            own.family() + ", adapted",
            ContentHash.of(own.weights().hex(), file.hex()),
            own.configuration(),
            own.notice());
  }

  /**
   * A model whose embeddings pass through an adapter.
   *
   * @param model that the adapter was trained on
   * @param file the adapter's hash
   */
  public static AdaptedEncoder of(DualEncoder model, EmbeddingAdapter adapter, ContentHash file) {
    return new AdaptedEncoder(model, adapter, file, List.of(model));
  }

  /** The same with an adapter that changes the encoder. */
  public static AdaptedEncoder of(DualEncoder model, EncoderAdapter adapter, ContentHash file) {
    DualEncoder changed = adapter.on(model);
    return new AdaptedEncoder(changed, EmbeddingAdapter.IDENTITY, file, List.of(changed, model));
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public Optional<Architecture> architecture() {
    return model.architecture();
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public ImageTransform imageTransform() {
    return model.imageTransform();
  }

  @Override
  public PatchGrid patchGrid() {
    return model.patchGrid();
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return adapter.images(model.encodeImages(pixels));
  }

  @Override
  public boolean dropsPatches() {
    return model.dropsPatches();
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels, int[][] kept) {
    return adapter.images(model.encodeImages(pixels, kept));
  }

  @Override
  public double logitScale() {
    return model.logitScale();
  }

  @Override
  public ScoreFunction score() {
    return model.score();
  }

  @Override
  public Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    return adapter.texts(model.encodeTexts(ids, pooled));
  }

  @Override
  public int pooledPosition(int[] ids) {
    return model.pooledPosition(ids);
  }

  @Override
  public boolean hidesTokens() {
    return model.hidesTokens();
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled, boolean[][] hidden) {
    return adapter.texts(model.encodeTexts(ids, pooled, hidden));
  }

  @Override
  public void close() {
    owned.forEach(DualEncoder::close);
  }
}

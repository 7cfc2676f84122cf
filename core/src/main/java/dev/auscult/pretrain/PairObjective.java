package dev.auscult.pretrain;

import dev.auscult.model.ClipModel;
import dev.auscult.model.TokenBatch;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What training minimises over a batch. Of images with their own texts: {@link ContrastiveLoss} of
 * the captions, and that of the questions with their right answers against each other and the wrong
 * ones; each image is encoded once. The two are averaged by their numbers of pairs. Of images and
 * texts drawn apart: {@link SemanticMatchingLoss}.
 */
final class PairObjective {
  private PairObjective() {}

  /**
   * The loss of a batch with at least one text.
   *
   * @return a scalar that gradients flow back from
   */
  static Tensor loss(ClipModel model, Batch batch) {
    return loss(model, embedImages(model, batch), batch.texts());
  }

  /** The same from images already embedded. */
  static Tensor loss(ClipModel model, Tensor images, BatchTexts texts) {
    return texts instanceof MatchedTexts matched
        ? matchedLoss(model, images, matched)
        : pairedLoss(model, images, (TextBatch) texts);
  }

  private static Tensor matchedLoss(ClipModel model, Tensor images, MatchedTexts texts) {
    Tensor similarity =
        Tensor.of(texts.imageLabels()).matmul(Tensor.of(texts.textLabels()).transpose(0, 1));
    return SemanticMatchingLoss.of(
        images, embedTexts(model, texts.texts()), model.logitScale(), similarity);
  }

  private static Tensor pairedLoss(ClipModel model, Tensor images, TextBatch texts) {
    int captions = texts.captions().size();
    int questions = texts.right().size();
    double share = (double) captions / (captions + questions);
    List<Tensor> terms = new ArrayList<>();
    if (captions > 0) {
      terms.add(captionLoss(model, images, texts).multiply(share));
    }
    if (questions > 0) {
      terms.add(questionLoss(model, images, texts).multiply(1 - share));
    }
    return terms.stream().reduce(Tensor::add).orElseThrow();
  }

  /** Unit rows {@code [n, d]}. */
  static Tensor embedImages(ClipModel model, Batch batch) {
    return Functions.l2Normalize(model.vision().forward(pixels(batch), null));
  }

  private static Tensor captionLoss(ClipModel model, Tensor images, TextBatch texts) {
    return ContrastiveLoss.symmetric(
        rows(images, texts.captionImages()),
        embedTexts(model, texts.captions()),
        model.logitScale());
  }

  private static Tensor questionLoss(ClipModel model, Tensor images, TextBatch texts) {
    Tensor own = rows(images, texts.questionImages());
    List<int[]> all = new ArrayList<>(texts.right());
    all.addAll(texts.wrong());
    Tensor embedded = embedTexts(model, all);
    int questions = texts.right().size();
    Tensor right = embedded.narrow(0, 0, questions);
    return texts.wrong().isEmpty()
        ? ContrastiveLoss.symmetric(own, right, model.logitScale())
        : ContrastiveLoss.withHardNegatives(
            own, right, embedded.narrow(0, questions, texts.wrong().size()), model.logitScale());
  }

  private static Tensor pixels(Batch batch) {
    return Tensor.of(
        batch.pixels().values(),
        batch.pixels().count(),
        batch.pixels().channels(),
        batch.pixels().height(),
        batch.pixels().width());
  }

  private static Tensor rows(Tensor images, List<Integer> numbers) {
    boolean all = numbers.size() == images.size(0);
    return all
        ? images
        : images.indexSelect(
            0, Tensor.of(numbers.stream().mapToLong(Integer::longValue).toArray(), numbers.size()));
  }

  /** What follows the end of a text cannot change its embedding, so that 0 may fill up the rows. */
  private static Tensor embedTexts(ClipModel model, List<int[]> texts) {
    int length = texts.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    long[] padded = new long[texts.size() * length];
    long[] pooled = new long[texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      int[] ids = texts.get(i);
      pooled[i] = model.config().text().pooledPosition(ids);
      for (int j = 0; j < ids.length; j++) {
        padded[i * length + j] = ids[j];
      }
    }
    return Functions.l2Normalize(
        model
            .text()
            .forward(
                new TokenBatch(
                    Tensor.of(padded, texts.size(), length),
                    Tensor.full(1, texts.size(), length),
                    Tensor.of(pooled, texts.size()))));
  }
}

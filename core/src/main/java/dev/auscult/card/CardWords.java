package dev.auscult.card;

import java.util.Map;

/** What readers call the figures that results have under keys. */
final class CardWords {
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("auroc", "AUROC"),
          Map.entry("auprc", "AUPRC"),
          Map.entry("macro_f1", "macro F1"),
          Map.entry("sensitivity_at_95_specificity", "sensitivity at 95 % specificity"),
          Map.entry("ece", "expected calibration error"),
          Map.entry("ece_unweighted", "mean gap over bins"),
          Map.entry("brier", "Brier score"),
          Map.entry("tscore", "share of the text in the score (TScore)"),
          Map.entry("iscore", "share of the image in the score (IScore)"),
          Map.entry("delta", "text's share minus image's share (delta)"),
          Map.entry("l_norm", "similarity of image and text"),
          Map.entry("l_norm_kinds", "similarity of image and text, other scales"),
          Map.entry("modality_shapley", "text and image as wholes"),
          Map.entry("modality_worth", "what each is worth to"),
          Map.entry("synergy", "beyond the sum of both"),
          Map.entry("known_regions", "marked regions"),
          Map.entry("recall_at_1", "found at the first place (Recall@1)"),
          Map.entry("recall_at_5", "found among the first 5 (Recall@5)"),
          Map.entry("recall_at_10", "found among the first 10 (Recall@10)"),
          Map.entry("mrr", "mean reciprocal rank (MRR)"),
          Map.entry("median_rank", "median rank of the right one"),
          Map.entry("image_to_text", "texts found by images"),
          Map.entry("text_to_image", "images found by texts"),
          Map.entry("linear_probe", "linear probe, balanced accuracy"),
          Map.entry("nearest_neighbours", "nearest neighbours, balanced accuracy"),
          Map.entry("davies_bouldin", "Davies-Bouldin index"),
          Map.entry("modality_gap", "gap between images and texts"),
          Map.entry("alignment", "alignment of images and texts"),
          Map.entry("uniformity", "uniformity of images"),
          Map.entry("text_uniformity", "uniformity of texts"),
          Map.entry("concatenation", "image and text, concatenated"),
          Map.entry("gated", "image and text, gated"),
          Map.entry("faithful", "preset faithful"),
          Map.entry("mm-shap-2023", "preset mm-shap-2023"),
          Map.entry("paper-2026", "preset paper-2026"));

  private CardWords() {}

  /** A figure's name for readers; keys that are words stay, without underscores. */
  static String title(String key) {
    return TITLES.getOrDefault(key, key.replace('_', ' '));
  }
}

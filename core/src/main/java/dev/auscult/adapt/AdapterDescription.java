package dev.auscult.adapt;

import dev.auscult.base.ContentHash;
import dev.auscult.data.LabelMode;
import dev.auscult.model.ModelIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an adapter is and where it came from.
 *
 * @param method how it was trained
 * @param settings every setting that changed the result
 * @param chosen what was chosen on the validation split
 * @param labels what it tells apart
 * @param mode how many labels a sample has
 * @param prompts of the labels
 * @param logitScale the factor on the cosine that it was trained with
 * @param model the model it belongs to
 * @param data SHA-256 over descriptions and images of the data set
 * @param seed of everything random
 */
public record AdapterDescription(
    AdaptationMethod method,
    Map<String, String> settings,
    Map<String, String> chosen,
    LabelHierarchy labels,
    LabelMode mode,
    ClassPrompts prompts,
    double logitScale,
    Model model,
    ContentHash data,
    long seed) {

  /**
   * The model that an adapter belongs to.
   *
   * @param name as the user named it
   * @param weights SHA-256 over the weight files
   * @param configuration SHA-256 over configuration, tokenizer and preprocessing files
   */
  public record Model(String name, ContentHash weights, ContentHash configuration) {
    /** The model with this identity. */
    public static Model of(ModelIdentity identity) {
      return new Model(identity.name(), identity.weights(), identity.configuration());
    }
  }

  /** Copies the maps. */
  public AdapterDescription {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
  }
}

package dev.auscult.model;

import dev.auscult.checkpoint.hub.FileSelection;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the registry: what is known of a public model beside its files.
 *
 * @param id a short name
 * @param title as its authors call it
 * @param hub where it is published, {@code org/name} on the hub; empty if elsewhere
 * @param revision the commit that was looked at, where known
 * @param source where its files come from, in words or as an address
 * @param architecture in words
 * @param domains what its images are, e.g. {@code radiology}
 * @param licence under which its weights are published
 * @param preprocessing what prepares its images
 * @param vocabulary whose tokenizer it uses; empty if its own files have it
 * @param files which files of the hub are needed
 * @param prompts texts in which {@code {}} stands for a finding, in the authors' own wording
 * @param citation the publication
 * @param parity how far agreement with the reference has been checked
 * @param remark what users should know; may be empty
 */
public record PublishedModel(
    String id,
    String title,
    Optional<String> hub,
    Optional<String> revision,
    String source,
    String architecture,
    List<String> domains,
    Licence licence,
    Preprocessing preprocessing,
    Optional<Vocabulary> vocabulary,
    FileSelection files,
    List<String> prompts,
    String citation,
    Parity parity,
    String remark) {

  /** Copies the lists. */
  public PublishedModel {
    domains = List.copyOf(domains);
    prompts = List.copyOf(prompts);
  }

  /**
   * What its licence allows, as far as this matters here; the licence's own text decides.
   *
   * @param name e.g. {@code MIT} or {@code CC BY-NC-SA 4.0}
   * @param commercial whether commercial use is allowed
   * @param clinical whether use in patient care is not excluded by licence or model card
   */
  public record Licence(String name, boolean commercial, boolean clinical) {

    /** The sentence that is said whenever a model with limits is used. */
    public Optional<String> notice(String title) {
      if (commercial && clinical) {
        return Optional.empty();
      }
      String forbidden =
          commercial
              ? "not for clinical use"
              : clinical ? "not for commercial use" : "not for clinical or commercial use";
      return Optional.of("%s (%s): %s".formatted(title, name, forbidden));
    }
  }

  /**
   * A tokenizer that another repository publishes.
   *
   * @param hub the repository
   * @param files what is needed of it
   */
  public record Vocabulary(String hub, List<String> files) {
    /** Copies the list. */
    public Vocabulary {
      files = List.copyOf(files);
    }
  }

  /** How far a model has been compared with its reference implementation. */
  public enum Parity {
    /** A small checkpoint of the same classes and layout agrees to 2e-5. */
    LAYOUT,
    /** The same of its image encoder; it has no text encoder that could be loaded. */
    IMAGES_ONLY
  }

  /** Whether the registry says of preprocessing or tokenizer what its own files do not. */
  boolean replacesFiles() {
    return preprocessing != Preprocessing.OWN || vocabulary.isPresent();
  }

  /** What is said whenever it is used, if its licence has limits. */
  public Optional<String> notice() {
    return licence.notice(title);
  }

  /** What of it can be loaded, in words. */
  public String loads() {
    return parity == Parity.IMAGES_ONLY ? "images only" : "images and texts";
  }
}

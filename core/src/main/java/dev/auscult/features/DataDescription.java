package dev.auscult.features;

import java.util.List;

/**
 * The images of a data set that all models were measured on.
 *
 * @param name as the user named it
 * @param grouping what the classes are
 * @param classes every one that occurs
 * @param images in the order of every map
 * @param patients how many people the images show
 * @param measured how many images are of classes large enough to measure
 * @param notes in plain sentences
 */
public record DataDescription(
    String name,
    Grouping grouping,
    List<ImageClass> classes,
    List<MappedImage> images,
    int patients,
    int measured,
    List<String> notes) {

  /** Copies the lists. */
  public DataDescription {
    classes = List.copyOf(classes);
    images = List.copyOf(images);
    notes = List.copyOf(notes);
  }

  /**
   * An image on the maps.
   *
   * @param id of the sample
   * @param classNumber its class among {@link DataDescription#classes()}; -1 where none is known
   */
  public record MappedImage(String id, int classNumber) {}

  /** The classes that are large enough to measure. */
  public List<ImageClass> measuredClasses() {
    return classes.stream().filter(ImageClass::isMeasured).toList();
  }
}

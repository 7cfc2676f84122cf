package dev.auscult.report;

import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.Preset;
import dev.auscult.balance.SampleBalance;
import dev.auscult.image.RgbImage;
import dev.auscult.model.ModelIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the report of an audit needs to know of one model under one preset.
 *
 * @param name what the report calls it: the model's name, with the preset where there are several
 * @param identity the model
 * @param preset the choices
 * @param balance its figures over the data
 * @param deltas delta of every sample where it is defined, for the distribution
 * @param balances the balance of a sample, by id; empty where there is none
 * @param views the image of a sample, by id, as this model sees it
 */
public record AuditedModel(
    String name,
    ModelIdentity identity,
    Preset preset,
    ModalityBalance balance,
    List<Double> deltas,
    Function<String, Optional<SampleBalance>> balances,
    Function<String, View> views) {

  /** Copies the list. */
  public AuditedModel {
    deltas = List.copyOf(deltas);
  }

  /** The balance of a sample; empty where there is none. */
  Optional<SampleBalance> balanceOf(String id) {
    return balances.apply(id);
  }

  /**
   * An image after the model's own resizing and cropping, before normalisation.
   *
   * @param image what the model sees
   * @param regions known regions by name, white on black, resized and cropped alike
   */
  public record View(RgbImage image, Map<String, RgbImage> regions) {
    /** Copies the map, sorted by name. */
    public View {
      regions = new TreeMap<>(regions);
    }
  }
}

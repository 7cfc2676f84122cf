package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import java.util.List;
import java.util.stream.Collectors;

/** The layouts that are known. */
final class Layouts {
  private static final List<Layout> ALL =
      List.of(
          new Llm2ClipLayout(),
          new HuggingFaceClipLayout(),
          new VisionTextLayout(),
          new SiglipLayout(),
          new Dinov2Layout(),
          new KeepLayout(),
          new OpenClipLayout(),
          new ConchLayout(),
          new BioVilLayout(),
          new MedClipLayout(),
          new CxrClipLayout(),
          new PmcClipLayout(),
          new UniMedLayout(),
          new OpenAiLayout());

  private Layouts() {}

  /**
   * The layout of a checkpoint.
   *
   * @throws InputException naming what was found and what is known
   */
  static Layout of(Checkpoint checkpoint) {
    return ALL.stream()
        .filter(layout -> layout.recognises(checkpoint))
        .findFirst()
        .orElseThrow(() -> unknown(checkpoint));
  }

  private static InputException unknown(Checkpoint checkpoint) {
    boolean configured = checkpoint.json("config.json").isPresent();
    String found =
        configured
            ? ModelType.of(checkpoint).description()
            : "no configuration, and tensors such as "
                + Checkpoint.firstFew(checkpoint.names().stream().sorted().limit(3).toList());
    return new InputException(
        configured ? checkpoint.configFile() : checkpoint.weightsName(),
        found,
        "one of " + descriptions(),
        "use a checkpoint of one of these layouts");
  }

  /** All of them, for messages. */
  static String descriptions() {
    return ALL.stream().map(Layout::label).collect(Collectors.joining(", "));
  }
}

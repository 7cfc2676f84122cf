package dev.auscult.text;

import dev.auscult.base.InputException;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What an {@code open_clip_config.json} says about texts.
 *
 * @param cleaning what is done to a text first
 */
record OpenClipText(TextCleaning cleaning) {

  /** Reads {@code model_cfg.text_cfg}, as open_clip's {@code get_tokenizer} does. */
  static OpenClipText read(BoundedFile file) {
    JsonNode text = file.json().path("model_cfg").path("text_cfg");
    JsonNode options = text.path("tokenizer_kwargs");
    refuse(file, "tokenizer_mode", text.path("tokenizer_mode"));
    for (String option : new String[] {"strip_sep_token", "reduction_mask", "language"}) {
      refuse(file, "tokenizer_kwargs." + option, options.path(option));
    }
    boolean huggingFace = !text.path("hf_tokenizer_name").stringValue("").isEmpty();
    TextCleaning otherwise = huggingFace ? TextCleaning.WHITESPACE : TextCleaning.LOWER;
    return new OpenClipText(cleaning(file, options.path("clean"), otherwise));
  }

  private static void refuse(BoundedFile file, String key, JsonNode value) {
    boolean unset =
        value.isMissingNode()
            || value.isNull()
            || (value.isBoolean() && !value.booleanValue())
            || (value.isString() && value.stringValue().isEmpty());
    if (!unset) {
      throw unsupported(file, "model_cfg.text_cfg.%s %s".formatted(key, value), "none");
    }
  }

  private static TextCleaning cleaning(BoundedFile file, JsonNode key, TextCleaning otherwise) {
    if (key.isMissingNode() || key.isNull()) {
      return otherwise;
    }
    return Arrays.stream(TextCleaning.values())
        .filter(cleaning -> key.stringValue("").equals(cleaning.key()))
        .findFirst()
        .orElseThrow(
            () ->
                unsupported(
                    file,
                    "model_cfg.text_cfg.tokenizer_kwargs.clean " + key,
                    Arrays.stream(TextCleaning.values())
                        .map(TextCleaning::key)
                        .collect(Collectors.joining(", "))));
  }

  private static InputException unsupported(BoundedFile file, String found, String expected) {
    return new InputException(
        file.subject(), found, expected, "take the file of the model's own checkpoint");
  }
}

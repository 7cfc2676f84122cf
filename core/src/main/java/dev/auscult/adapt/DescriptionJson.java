package dev.auscult.adapt;

import dev.auscult.adapt.AdapterDescription.Model;
import dev.auscult.adapt.LabelHierarchy.Member;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.JsonFile;
import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.data.LabelMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An adapter's description as JSON. */
final class DescriptionJson {
  /** Under which it stands in a file's header. */
  static final String KEY = "auscult.adapter";

  private DescriptionJson() {}

  static String write(AdapterDescription description) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("method", description.method().term());
    description.settings().forEach(root.putObject("settings")::put);
    description.chosen().forEach(root.putObject("chosen")::put);
    root.put("labels_per_sample", description.mode().term());
    putStrings(root.putArray("classes"), description.labels().classes());
    putStrings(root.putArray("concepts"), description.labels().concepts());
    ArrayNode combinations = root.putArray("combinations");
    for (Member member : description.labels().combinations()) {
      combinations
          .addObject()
          .put("name", member.name())
          .put("class", member.classIndex())
          .put("concept", member.conceptIndex());
    }
    ArrayNode prompts = root.putArray("prompts");
    for (int i = 0; i < description.prompts().texts().size(); i++) {
      prompts
          .addObject()
          .put("text", description.prompts().texts().get(i))
          .put("combination", description.prompts().combinationOf().get(i));
    }
    root.put("no_finding", description.prompts().none());
    root.put("logit_scale", description.logitScale());
    root.putObject("model")
        .put("name", description.model().name())
        .put("weights", description.model().weights().hex())
        .put("configuration", description.model().configuration().hex());
    root.put("data", description.data().hex());
    root.put("seed", description.seed());
    return JsonMapper.shared().writeValueAsString(root);
  }

  private static void putStrings(ArrayNode array, List<String> strings) {
    strings.forEach(array::add);
  }

  /**
   * The description in a file's header.
   *
   * @throws InputException if there is none, or it is incomplete
   */
  static AdapterDescription read(SafetensorsFile file) {
    String json = file.metadata().get(KEY);
    if (json == null) {
      throw new InputException(
          file.name(),
          "a safetensors file without an adapter's description",
          "a file that auscult adapt wrote",
          "name adapter.safetensors of an output folder of auscult adapt");
    }
    ObjectNode root = JsonFile.parse(json.getBytes(StandardCharsets.UTF_8), file.name());
    try {
      return parse(root);
    } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
      throw new InputException(
          file.name(),
          "an adapter's description that is not whole (" + e.getMessage() + ")",
          "a file that auscult adapt wrote",
          "train it again",
          e);
    }
  }

  private static AdapterDescription parse(ObjectNode root) {
    JsonNode model = need(root, "model");
    return new AdapterDescription(
        AdaptationMethod.of(need(root, "method").stringValue()),
        strings(need(root, "settings")),
        strings(need(root, "chosen")),
        new LabelHierarchy(
            list(need(root, "classes")), list(need(root, "concepts")), members(root)),
        mode(need(root, "labels_per_sample").stringValue()),
        prompts(root),
        need(root, "logit_scale").doubleValue(),
        new Model(
            need(model, "name").stringValue(),
            new ContentHash(need(model, "weights").stringValue()),
            new ContentHash(need(model, "configuration").stringValue())),
        new ContentHash(need(root, "data").stringValue()),
        need(root, "seed").longValue());
  }

  private static List<Member> members(ObjectNode root) {
    List<Member> members = new ArrayList<>();
    for (JsonNode member : need(root, "combinations")) {
      members.add(
          new Member(
              need(member, "name").stringValue(),
              need(member, "class").intValue(),
              need(member, "concept").intValue()));
    }
    return members;
  }

  private static ClassPrompts prompts(ObjectNode root) {
    List<String> texts = new ArrayList<>();
    List<Integer> combinationOf = new ArrayList<>();
    for (JsonNode prompt : need(root, "prompts")) {
      texts.add(need(prompt, "text").stringValue());
      combinationOf.add(need(prompt, "combination").intValue());
    }
    return new ClassPrompts(texts, combinationOf, need(root, "no_finding").stringValue());
  }

  private static LabelMode mode(String term) {
    for (LabelMode mode : LabelMode.values()) {
      if (mode.term().equals(term)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("labels_per_sample " + term);
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new LinkedHashMap<>();
    object
        .properties()
        .forEach(entry -> strings.put(entry.getKey(), entry.getValue().stringValue()));
    return strings;
  }

  private static List<String> list(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(entry -> strings.add(entry.stringValue()));
    return strings;
  }

  private static JsonNode need(JsonNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }
}

package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A {@code model.safetensors.index.json} or {@code pytorch_model.bin.index.json}: which file beside
 * it holds which tensor.
 *
 * @param file the index file
 * @param shardOf from a tensor's name to the name of its file
 */
public record ShardIndex(Path file, Map<String, String> shardOf) {

  /** Reads an index; file names that lead out of the folder are refused. */
  public static ShardIndex read(Path file) {
    JsonNode weightMap = JsonFile.read(file).path("weight_map");
    if (!weightMap.isObject() || weightMap.isEmpty()) {
      throw new InputException(
          file.toString(),
          "no weight_map",
          "an object from tensor names to file names",
          "obtain the file again");
    }
    Map<String, String> shardOf = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
      shardOf.put(entry.getKey(), shardName(file, entry.getKey(), entry.getValue()));
    }
    return new ShardIndex(file, shardOf);
  }

  private static String shardName(Path file, String tensor, JsonNode value) {
    if (!value.isString() || !isPlainName(value.stringValue())) {
      throw new InputException(
          file.toString(),
          "the file %s for tensor \"%s\"".formatted(value, tensor),
          "the name of a file in the same folder",
          "do not load this checkpoint: its index points elsewhere");
    }
    return value.stringValue();
  }

  private static boolean isPlainName(String name) {
    try {
      Path path = Path.of(name);
      return !path.isAbsolute()
          && path.getNameCount() == 1
          && path.getRoot() == null
          && !name.contains("/")
          && !name.contains("\\")
          && !List.of("", ".", "..").contains(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The files, each once, in the order of first mention. */
  public List<Path> shards() {
    return shardOf.values().stream().distinct().map(file::resolveSibling).toList();
  }

  /**
   * Opens every shard and takes from each what the index says it holds.
   *
   * @throws InputException if a shard is absent or broken, or lacks a tensor
   */
  Map<String, StoredTensor> open() {
    Map<String, TensorFile> files = new LinkedHashMap<>();
    for (Path shard : shards()) {
      files.put(String.valueOf(shard.getFileName()), TensorFile.open(shard));
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    shardOf.forEach((tensor, shard) -> tensors.put(tensor, take(files, tensor, shard)));
    return tensors;
  }

  private StoredTensor take(Map<String, TensorFile> files, String tensor, String shard) {
    TensorFile opened = files.get(shard);
    StoredTensor found = opened == null ? null : opened.tensors().get(tensor);
    if (found == null) {
      throw new InputException(
          file.resolveSibling(shard).toString(),
          "no tensor \"" + tensor + "\"",
          "one, as " + file.getFileName() + " says",
          "obtain the shards again, all of the same revision");
    }
    return found;
  }
}

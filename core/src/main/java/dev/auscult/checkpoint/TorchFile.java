package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.pickle.Pickled;
import dev.auscult.checkpoint.pickle.Unpickler;
import dev.auscult.checkpoint.zip.ZipDirectory;
import dev.auscult.checkpoint.zip.ZipEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint as torch.save writes it since PyTorch 1.6, or as torch.jit.save does: a zip archive
 * whose storages lie there as they are and are mapped in place. Opening it reads the directory and
 * the description of the tensors; no code in it is run or even looked up.
 */
final class TorchFile {
  private static final int MAX_PICKLE = 32 << 20;

  private TorchFile() {}

  /**
   * Opens a file.
   *
   * @throws InputException if it is malformed or names anything but tensors and plain values
   */
  static TensorFile open(Path file) {
    return MappedFile.read(file, "a PyTorch checkpoint", TorchFile::read);
  }

  private static TensorFile read(MappedFile file) throws IOException {
    TorchEntries entries = new TorchEntries(ZipDirectory.read(file, file.name()), file.name());
    requireLittleEndian(file, entries);
    Pickled content =
        Unpickler.read(
            pickle(file, entries.pickle()), file.name(), new TorchVocabulary(file.name(), entries));
    StateDict state = StateDict.of(content, entries.pickle().size(), file.name());
    return new TensorFile(map(file, state.tensors()), state.unwrapped());
  }

  private static void requireLittleEndian(MappedFile file, TorchEntries entries)
      throws IOException {
    if (!entries.hasByteOrder()) {
      return;
    }
    ZipEntry entry = entries.byteOrder();
    String order =
        new String(
            file.bytes(entry.begin(), (int) Math.min(16, entry.size())), StandardCharsets.UTF_8);
    if (!order.equals("little")) {
      throw new InputException(
          file.name(),
          "numbers in the byte order \"" + order + "\"",
          "little",
          "save the file anew on a computer that stores the least significant byte first");
    }
  }

  private static ByteBuffer pickle(MappedFile file, ZipEntry entry) throws IOException {
    if (entry.size() > MAX_PICKLE) {
      throw new InputException(
          file.name(),
          "%s of %d bytes".formatted(entry.name(), entry.size()),
          "at most " + MAX_PICKLE,
          "save the model's state_dict alone");
    }
    return file.map(List.of(new MappedFile.Range(entry.begin(), entry.end()))).get(0);
  }

  private static Map<String, StoredTensor> map(MappedFile file, Map<String, TorchTensor> tensors)
      throws IOException {
    List<MappedFile.Range> ranges = new ArrayList<>();
    for (Map.Entry<String, TorchTensor> tensor : tensors.entrySet()) {
      ranges.add(mappable(tensor.getValue().range(), tensor.getKey(), file));
    }
    List<ByteBuffer> mapped = file.map(ranges);
    Map<String, ByteBuffer> moved = new HashMap<>();
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    for (Map.Entry<String, TorchTensor> entry : tensors.entrySet()) {
      TorchTensor tensor = entry.getValue();
      ByteBuffer bytes =
          tensor.isAligned() ? mapped.get(stored.size()) : moved(file, tensor, moved);
      stored.put(
          entry.getKey(),
          new StoredTensor(
              entry.getKey(),
              tensor.type(),
              tensor.layout(),
              bytes,
              file.from(tensor.range().begin())));
    }
    return stored;
  }

  private static MappedFile.Range mappable(MappedFile.Range range, String name, MappedFile file) {
    if (range.end() - range.begin() > MappedFile.MAX_WINDOW) {
      throw new InputException(
          file.name(),
          "\"%s\" over %d bytes".formatted(name, range.end() - range.begin()),
          "at most %d for one tensor".formatted(MappedFile.MAX_WINDOW),
          "store it with 16-bit elements");
    }
    return range;
  }

  /**
   * The bytes of a tensor whose storage lies where one cannot compute on it, as when another
   * program has packed the archive: from a copy of that storage outside the heap, made once.
   */
  private static ByteBuffer moved(
      MappedFile file, TorchTensor tensor, Map<String, ByteBuffer> copies) throws IOException {
    ZipEntry entry = tensor.storage().entry();
    ByteBuffer copy = copies.get(entry.name());
    if (copy == null) {
      MappedFile.Range whole = new MappedFile.Range(entry.begin(), entry.end());
      copy = MappedFile.aligned(file.map(List.of(mappable(whole, entry.name(), file))).get(0));
      copies.put(entry.name(), copy);
    }
    MappedFile.Range range = tensor.range();
    return copy.slice((int) (range.begin() - entry.begin()), (int) (range.end() - range.begin()));
  }
}

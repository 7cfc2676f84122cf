package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.pickle.Pickled;
import dev.auscult.checkpoint.pickle.Pickled.Constructor;
import dev.auscult.checkpoint.pickle.Pickled.Instance;
import dev.auscult.checkpoint.pickle.Pickled.Sequence;
import dev.auscult.checkpoint.pickle.Pickled.Text;
import dev.auscult.checkpoint.pickle.Pickled.Whole;
import dev.auscult.checkpoint.pickle.Vocabulary;
import dev.auscult.checkpoint.zip.ZipEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pickle of torch.save or torch.jit.save may name: the functions that rebuild tensors, the
 * types of their elements, {@link PlainObjects}, and in TorchScript the classes of modules, of
 * which the attributes are kept and nothing else.
 */
final class TorchVocabulary implements Vocabulary {
  private static final int MAX_RANK = 64;
  private static final String SCRIPTED_CLASS = "__torch__";

  /** The types of elements, each named by a class of storages and by itself. */
  private static final Map<String, StoredType> ELEMENTS =
      Map.ofEntries(
          Map.entry("torch.DoubleStorage", StoredType.F64),
          Map.entry("torch.float64", StoredType.F64),
          Map.entry("torch.FloatStorage", StoredType.F32),
          Map.entry("torch.float32", StoredType.F32),
          Map.entry("torch.HalfStorage", StoredType.F16),
          Map.entry("torch.float16", StoredType.F16),
          Map.entry("torch.BFloat16Storage", StoredType.BF16),
          Map.entry("torch.bfloat16", StoredType.BF16),
          Map.entry("torch.LongStorage", StoredType.I64),
          Map.entry("torch.int64", StoredType.I64),
          Map.entry("torch.IntStorage", StoredType.I32),
          Map.entry("torch.int32", StoredType.I32),
          Map.entry("torch.ShortStorage", StoredType.I16),
          Map.entry("torch.int16", StoredType.I16),
          Map.entry("torch.CharStorage", StoredType.I8),
          Map.entry("torch.int8", StoredType.I8),
          Map.entry("torch.ByteStorage", StoredType.U8),
          Map.entry("torch.uint8", StoredType.U8),
          Map.entry("torch.BoolStorage", StoredType.BOOL),
          Map.entry("torch.bool", StoredType.BOOL));

  private final String file;
  private final boolean scripted;
  private final TorchEntries entries;
  private final Constructor tensor = this::tensor;
  private final Constructor first = arguments -> argument(arguments, 0);

  /** The type of elements, or none for raw bytes. */
  private record ElementType(Optional<StoredType> type) implements Pickled.Foreign {}

  /**
   * @param file what the checkpoint is called in messages
   * @param entries where the storages lie
   */
  TorchVocabulary(String file, TorchEntries entries) {
    this.file = file;
    this.scripted = entries.isScripted();
    this.entries = entries;
  }

  @Override
  public Optional<Pickled> global(String module, String name) {
    if (scripted && (module + ".").startsWith(SCRIPTED_CLASS + ".")) {
      return Optional.of((Constructor) arguments -> new Instance());
    }
    String full = (module.equals("__builtin__") ? "builtins" : module) + "." + name;
    Pickled plain = PlainObjects.ALL.get(full);
    return plain != null ? Optional.of(plain) : ofTorch(full);
  }

  private Optional<Pickled> ofTorch(String name) {
    StoredType type = ELEMENTS.get(name);
    if (type != null) {
      return Optional.of(new ElementType(Optional.of(type)));
    }
    return switch (name) {
      case "torch.storage.UntypedStorage", "torch.storage.TypedStorage", "torch.UntypedStorage" ->
          Optional.of(new ElementType(Optional.empty()));
      case "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_tensor_v3" ->
          Optional.of(tensor);
      case "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag" ->
          Optional.of(first);
      case "torch._tensor._rebuild_from_type_v2" -> Optional.of((Constructor) this::fromType);
      default -> ofOtherElements(name);
    };
  }

  private Optional<Pickled> ofOtherElements(String name) {
    if (name.matches("torch\\.(\\w+Storage|q?u?int\\d\\w*|float\\d\\w*|complex\\d+)")) {
      throw new InputException(
          file,
          "a tensor of " + name,
          "elements of one of " + List.of(StoredType.values()),
          "save the checkpoint with its tensors as floating-point numbers");
    }
    return Optional.empty();
  }

  /** Arguments: function, class, the function's arguments, attributes. */
  private Pickled fromType(Sequence arguments) {
    Pickled function = argument(arguments, 0);
    if ((function == tensor || function == first)
        && argument(arguments, 2) instanceof Sequence inner) {
      return ((Constructor) function).construct(inner);
    }
    throw malformed("a tensor's class without its tensor");
  }

  /** Arguments: storage, offset, size, stride, two or three more; in version 3 then the type. */
  private Pickled tensor(Sequence arguments) {
    if (!(argument(arguments, 0) instanceof TorchStorage storage)) {
      throw malformed("a tensor without storage");
    }
    long offset = whole(argument(arguments, 1));
    List<Long> size = wholes(argument(arguments, 2));
    List<Long> strides = wholes(argument(arguments, 3));
    StoredType type =
        elementType(arguments)
            .or(storage::type)
            .orElseThrow(() -> malformed("a tensor of unknown elements"));
    try {
      return new TorchTensor(storage, type, offset, new StridedShape(size, strides));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InputException(
          file,
          "a tensor of shape %s with strides %s from element %d of %s, which has %d bytes"
              .formatted(size, strides, offset, storage.entry().name(), storage.bytes()),
          "each tensor within its storage",
          "the file is damaged: obtain it again",
          e);
    }
  }

  private static Optional<StoredType> elementType(Sequence arguments) {
    return arguments.items().size() > 6 && arguments.items().get(6) instanceof ElementType type
        ? type.type()
        : Optional.empty();
  }

  /** The id: "storage", type of elements, key, device, number of elements. */
  @Override
  public Pickled persistent(Pickled id) {
    if (!(id instanceof Sequence parts)
        || !argument(parts, 0).equals(new Text("storage"))
        || !(argument(parts, 1) instanceof ElementType type)
        || !(argument(parts, 2) instanceof Text key)) {
      throw malformed("a reference to something else than a storage");
    }
    ZipEntry entry = entries.storage(key.value());
    TorchStorage storage = new TorchStorage(type.type(), whole(argument(parts, 4)), entry);
    if (storage.elements() < 0
        || storage.elements() > entry.size()
        || storage.bytes() > entry.size()) {
      throw new InputException(
          file,
          "a storage of %d elements of %s in %s of %d bytes"
              .formatted(
                  storage.elements(),
                  type.type().map(Enum::name).orElse("one byte"),
                  entry.name(),
                  entry.size()),
          "an entry that holds its storage",
          "the file is damaged: obtain it again");
    }
    return storage;
  }

  private Pickled argument(Sequence arguments, int index) {
    if (index >= arguments.items().size()) {
      throw malformed("a call with %d arguments".formatted(arguments.items().size()));
    }
    return arguments.items().get(index);
  }

  private long whole(Pickled value) {
    if (value instanceof Whole whole) {
      return whole.value();
    }
    throw malformed("a tensor whose size, stride or offset is no whole number");
  }

  private List<Long> wholes(Pickled value) {
    if (!(value instanceof Sequence sequence) || sequence.items().size() > MAX_RANK) {
      throw malformed("a tensor whose shape is none");
    }
    List<Long> numbers = new ArrayList<>();
    sequence.items().forEach(item -> numbers.add(whole(item)));
    return numbers;
  }

  private InputException malformed(String found) {
    return new InputException(
        file, found, "tensors as torch.save writes them", "the file is damaged: obtain it again");
  }
}

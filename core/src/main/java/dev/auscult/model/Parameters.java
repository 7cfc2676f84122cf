package dev.auscult.model;

import dev.auscult.base.Seed;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A model's tensors by name. They live until this is closed, whatever scopes come and go. Those of
 * a file are brought into memory when they are first asked for.
 */
public final class Parameters implements AutoCloseable {
  private final List<String> names;
  private final Map<String, StoredTensor> stored;
  private final DType dtype;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<Tensor> derived = new ArrayList<>();

  private Parameters(List<String> names, Map<String, StoredTensor> stored, DType dtype) {
    this.names = List.copyOf(names);
    this.stored = stored;
    this.dtype = dtype;
  }

  /** Takes ownership of tensors that no scope owns ({@link Tensor#unscoped}). */
  public Parameters(Map<String, Tensor> tensors) {
    this(
        List.copyOf(tensors.keySet()),
        Map.of(),
        tensors.values().stream().findFirst().map(Tensor::dtype).orElse(DType.FLOAT32));
    this.tensors.putAll(tensors);
  }

  /**
   * The tensors of a checkpoint for inference: views of the mapped file where it already holds
   * {@code dtype}, converted copies elsewhere.
   */
  static Parameters of(Map<String, StoredTensor> stored, DType dtype) {
    return new Parameters(List.copyOf(stored.keySet()), Map.copyOf(stored), dtype);
  }

  /** Copies of the same values as float32 that require gradients, for training. */
  public Parameters trainable() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    byName()
        .forEach(
            (name, tensor) ->
                copies.put(
                    name,
                    Tensor.unscoped(() -> tensor.detach().to(DType.FLOAT32).copy())
                        .requireGradient()));
    return new Parameters(copies);
  }

  /**
   * The same parameters with the values of some tensors in random order: their mean, spread and
   * range stay, what they have learnt is gone. The others share their memory with these.
   *
   * @param names which
   * @param seed of the orders; a tensor's order depends on its name and this alone
   */
  Parameters shuffled(Collection<String> names, Seed seed) {
    Set<String> chosen = Set.copyOf(names);
    Map<String, Tensor> copies = new LinkedHashMap<>();
    byName()
        .forEach(
            (name, tensor) ->
                copies.put(
                    name,
                    Tensor.unscoped(
                        () ->
                            chosen.contains(name)
                                ? shuffled(tensor, seed.derive(name).random())
                                : tensor.detach())));
    return new Parameters(copies);
  }

  private static Tensor shuffled(Tensor tensor, SplittableRandom random) {
    float[] values = tensor.toFloats();
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      float value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
    return Tensor.of(values, tensor.shape()).to(tensor.dtype());
  }

  /** The names in order. */
  public List<String> names() {
    return names;
  }

  /** All tensors in order. */
  public Map<String, Tensor> byName() {
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    names.forEach(name -> ordered.put(name, get(name)));
    return Collections.unmodifiableMap(ordered);
  }

  /** The element type that is computed with. */
  DType dtype() {
    return dtype;
  }

  /** The tensor of that name. */
  public Tensor get(String name) {
    Tensor present = tensors.get(name);
    if (present != null) {
      return present;
    }
    StoredTensor file = stored(name);
    Tensor brought =
        Tensor.unscoped(() -> file.type().dtype() == dtype ? file.view() : file.copy(dtype));
    tensors.put(name, brought);
    return brought;
  }

  /**
   * The values of that name as float32, as exactly as the file has them, for computing something
   * once ({@link #derive}); the innermost scope owns them.
   */
  Tensor once(String name) {
    Tensor present = tensors.get(name);
    return present == null ? stored(name).copy(DType.FLOAT32) : present.to(DType.FLOAT32);
  }

  /** The value of a tensor with one element, as exactly as the file has it. */
  double value(String name) {
    try (Scope scope = Scope.inference()) {
      return once(name).item();
    }
  }

  private StoredTensor stored(String name) {
    StoredTensor file = stored.get(name);
    if (file == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return file;
  }

  /**
   * A tensor computed from these, such as weights that belong together made into one. It lives as
   * long as they do.
   */
  Tensor derive(Supplier<Tensor> maker) {
    Tensor tensor = Tensor.unscoped(maker);
    derived.add(tensor);
    return tensor;
  }

  /** The number of scalar parameters. */
  public long count() {
    return names.stream()
        .mapToLong(name -> stored.containsKey(name) ? stored(name).count() : get(name).elements())
        .sum();
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    derived.forEach(Tensor::close);
  }
}

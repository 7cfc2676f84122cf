package dev.auscult.model;

import dev.auscult.base.Seed;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.tensor.DType;
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

/** A model's tensors by name. They live until this is closed, whatever scopes come and go. */
public final class Parameters implements AutoCloseable {
  private final Map<String, Tensor> tensors;
  private final List<Tensor> derived = new ArrayList<>();

  /** Takes ownership of tensors that no scope owns ({@link Tensor#unscoped}). */
  public Parameters(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * The tensors of a checkpoint for inference: views of the mapped file where it already holds
   * {@code dtype}, converted copies elsewhere.
   */
  static Parameters of(Map<String, StoredTensor> stored, DType dtype) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    stored.forEach(
        (name, tensor) -> tensors.put(name, Tensor.unscoped(() -> tensor.view().to(dtype))));
    return new Parameters(tensors);
  }

  /** Copies of the same values as float32 that require gradients, for training. */
  public Parameters trainable() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            copies.put(
                name,
                Tensor.unscoped(() -> tensor.detach().to(DType.FLOAT32).copy()).requireGradient()));
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
    tensors.forEach(
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
    return List.copyOf(tensors.keySet());
  }

  /** All tensors in order. */
  public Map<String, Tensor> byName() {
    return tensors;
  }

  /** The tensor of that name. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return tensor;
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
    return tensors.values().stream().mapToLong(Tensor::elements).sum();
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    derived.forEach(Tensor::close);
  }
}

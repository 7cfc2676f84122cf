package dev.auscult.tensor;

import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.jspecify.annotations.Nullable;

/**
 * Owns the native memory of every tensor made on this thread until it closes. Scopes nest; a tensor
 * that must live on is handed out with {@link #keep}. Close on the thread that opened it, innermost
 * first (try-with-resources does).
 */
public final class Scope implements AutoCloseable {
  private final PointerScope pointers;
  private final @Nullable NoGradGuard guard;

  private Scope(boolean gradients) {
    pointers = new PointerScope();
    guard = gradients ? null : new NoGradGuard();
  }

  /** A scope in which operations on tensors that require gradients are recorded for backward. */
  public static Scope open() {
    return new Scope(true);
  }

  /** A scope in which nothing is recorded for backward, on this thread. */
  public static Scope inference() {
    return new Scope(false);
  }

  /**
   * Lets a tensor outlive this scope: the enclosing scope owns it then, or, where there is none,
   * the caller, who closes it.
   */
  public Tensor keep(Tensor tensor) {
    PointerScope outer = enclosing();
    if (outer == null) {
      tensor.pointer.retainReference();
    } else {
      outer.attach(tensor.pointer);
    }
    pointers.detach(tensor.pointer);
    return tensor;
  }

  /**
   * Applies steps one after another. What a step makes is freed as soon as the next has used it,
   * except where a gradient needs it.
   *
   * @return the last result, or the input if there are no steps; the innermost scope owns it
   */
  public static Tensor through(Tensor input, List<UnaryOperator<Tensor>> steps) {
    try (Scope scope = open()) {
      Tensor state = input;
      for (UnaryOperator<Tensor> step : steps) {
        Tensor next;
        try (Scope inner = open()) {
          next = inner.keep(step.apply(state));
        }
        if (state != input) {
          scope.release(state);
        }
        state = next;
      }
      return state == input ? input : scope.keep(state);
    }
  }

  /** Gives up ownership without passing it on. */
  void release(Tensor tensor) {
    pointers.detach(tensor.pointer);
  }

  private @Nullable PointerScope enclosing() {
    for (Iterator<PointerScope> it = PointerScope.getScopeIterator(); it.hasNext(); ) {
      if (it.next() == pointers) {
        return it.hasNext() ? it.next() : null;
      }
    }
    throw new IllegalStateException("this scope is closed or belongs to another thread");
  }

  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
    pointers.close();
  }
}

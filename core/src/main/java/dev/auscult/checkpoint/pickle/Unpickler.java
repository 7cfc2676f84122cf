package dev.auscult.checkpoint.pickle;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.pickle.Pickled.Constructor;
import dev.auscult.checkpoint.pickle.Pickled.Instance;
import dev.auscult.checkpoint.pickle.Pickled.Mapping;
import dev.auscult.checkpoint.pickle.Pickled.Opaque;
import dev.auscult.checkpoint.pickle.Pickled.Sequence;
import dev.auscult.checkpoint.pickle.Pickled.Text;
import dev.auscult.checkpoint.pickle.Pickled.Whole;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine that a pickle is a program for, reduced to data: the operations of protocols 2
 * to 5 that Python 3 and PyTorch write, names from a {@link Vocabulary} only, nothing recursive.
 * Memory stays within a fixed budget and time is linear in the pickle's length.
 *
 * <p>Source of the operations: {@code Lib/pickletools.py} of CPython.
 */
public final class Unpickler {
  /** About what the values of one pickle may take on the heap, in bytes. */
  private static final long HEAP_BUDGET = 128L << 20;

  private static final int MAX_STACK = 4_000_000;
  private static final int MAX_MARKS = 10_000;

  private final PickleReader in;
  private final Vocabulary vocabulary;
  private final List<Pickled> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Pickled> memo = new HashMap<>();
  private long heap;

  private Unpickler(PickleReader in, Vocabulary vocabulary) {
    this.in = in;
    this.vocabulary = vocabulary;
  }

  /**
   * Reads one pickle.
   *
   * @param pickle its bytes; they may lie outside the heap
   * @param file what it is called in messages
   * @throws InputException if it is malformed, uses a name outside the vocabulary, or asks for more
   *     memory than the budget
   */
  public static Pickled read(ByteBuffer pickle, String file, Vocabulary vocabulary) {
    return new Unpickler(new PickleReader(pickle, file), vocabulary).run();
  }

  private Pickled run() {
    if (in.opcode() != Opcode.PROTO) {
      throw in.refused(
          "no pickle of protocol 2 or later", "one, as torch.save writes", "save the file anew");
    }
    int protocol = in.unsignedByte();
    if (protocol < 2 || protocol > 5) {
      throw in.refused("a pickle of protocol " + protocol, "2 to 5", "save the file anew");
    }
    for (int opcode = in.opcode(); opcode != Opcode.STOP; opcode = in.opcode()) {
      if (!scalar(opcode) && !container(opcode) && !object(opcode) && !bookkeeping(opcode)) {
        throw in.refused(
            "the operation 0x%02x".formatted(opcode),
            "those that Python 3 and PyTorch write",
            "do not load this file elsewhere unless you trust its origin");
      }
    }
    return pop();
  }

  private boolean scalar(int opcode) {
    switch (opcode) {
      case Opcode.NONE, Opcode.NEWTRUE, Opcode.NEWFALSE -> push(Opaque.VALUE);
      case Opcode.BININT -> push(new Whole(in.signedInt()));
      case Opcode.BININT1 -> push(new Whole(in.unsignedByte()));
      case Opcode.BININT2 -> push(new Whole(in.unsignedShort()));
      case Opcode.LONG1 -> push(in.whole(in.unsignedByte()));
      case Opcode.LONG4 -> push(in.whole(in.signedInt()));
      case Opcode.BINFLOAT -> skip(8);
      case Opcode.SHORT_BINUNICODE -> pushText(in.unsignedByte());
      case Opcode.BINUNICODE -> pushText(in.unsignedInt());
      case Opcode.BINUNICODE8 -> pushText(in.length());
      case Opcode.SHORT_BINBYTES -> skip(in.unsignedByte());
      case Opcode.BINBYTES -> skip(in.unsignedInt());
      case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> skip(in.length());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case Opcode.EMPTY_LIST, Opcode.EMPTY_TUPLE, Opcode.EMPTY_SET -> push(Sequence.empty());
      case Opcode.LIST, Opcode.TUPLE, Opcode.FROZENSET -> push(sequence(popToMark()));
      case Opcode.TUPLE1 -> push(sequence(popLast(1)));
      case Opcode.TUPLE2 -> push(sequence(popLast(2)));
      case Opcode.TUPLE3 -> push(sequence(popLast(3)));
      case Opcode.APPEND -> append(popLast(1));
      case Opcode.APPENDS, Opcode.ADDITEMS -> append(popToMark());
      case Opcode.EMPTY_DICT -> push(new Mapping());
      case Opcode.DICT -> {
        List<Pickled> items = popToMark();
        push(new Mapping());
        setItems(items);
      }
      case Opcode.SETITEM -> setItems(popLast(2));
      case Opcode.SETITEMS -> setItems(popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case Opcode.GLOBAL -> push(global(in.line(), in.line()));
      case Opcode.STACK_GLOBAL -> stackGlobal();
      case Opcode.REDUCE, Opcode.NEWOBJ -> call(popLast(2));
      case Opcode.NEWOBJ_EX -> call(popLast(3));
      case Opcode.BUILD -> build(pop());
      case Opcode.BINPERSID -> push(vocabulary.persistent(pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean bookkeeping(int opcode) {
    switch (opcode) {
      case Opcode.MARK -> mark();
      case Opcode.POP -> popItemOrMark();
      case Opcode.POP_MARK -> popToMark();
      case Opcode.BINPUT -> memoize(in.unsignedByte());
      case Opcode.LONG_BINPUT -> memoize(in.unsignedInt());
      case Opcode.MEMOIZE -> memoize(memo.size());
      case Opcode.BINGET -> recall(in.unsignedByte());
      case Opcode.LONG_BINGET -> recall(in.unsignedInt());
      case Opcode.FRAME -> in.length();
      default -> {
        return false;
      }
    }
    return true;
  }

  // --- values ---------------------------------------------------------------------------------

  private void pushText(long length) {
    String text = in.text(length);
    charge(2L * text.length());
    push(new Text(text));
  }

  private void skip(long length) {
    in.skip(length);
    push(Opaque.VALUE);
  }

  private static Sequence sequence(List<Pickled> items) {
    return new Sequence(items);
  }

  private void append(List<Pickled> items) {
    charge(8L * items.size());
    if (peek() instanceof Sequence sequence) {
      items.forEach(sequence::add);
    } else if (peek() != Opaque.VALUE) {
      throw in.broken("items added to what is no list");
    }
  }

  private void setItems(List<Pickled> items) {
    charge(64L * items.size());
    if (items.size() % 2 != 0) {
      throw in.broken("a key without a value");
    }
    if (peek() instanceof Mapping mapping) {
      for (int i = 0; i < items.size(); i += 2) {
        mapping.put(items.get(i), items.get(i + 1));
      }
    } else if (peek() != Opaque.VALUE) {
      throw in.broken("entries set in what is no dictionary");
    }
  }

  // --- objects --------------------------------------------------------------------------------

  private void stackGlobal() {
    List<Pickled> names = popLast(2);
    if (!(names.get(0) instanceof Text module) || !(names.get(1) instanceof Text name)) {
      throw in.broken("a global whose name is no text");
    }
    push(global(module.value(), name.value()));
  }

  private Pickled global(String module, String name) {
    return vocabulary
        .global(module, name)
        .orElseThrow(
            () ->
                in.refused(
                    "the Python object %s.%s, which would run as code in PyTorch"
                        .formatted(module, name),
                    "tensors and plain values only",
                    "use the checkpoint's safetensors file or its bare state_dict; do not load this"
                        + " file elsewhere unless you trust its origin"));
  }

  /** {@code parts}: what is called, its arguments and, of no effect, its named arguments. */
  private void call(List<Pickled> parts) {
    if (!(parts.get(0) instanceof Constructor constructor)
        || !(parts.get(1) instanceof Sequence arguments)) {
      throw in.refused(
          "a call of what is no known function",
          "calls of a few functions that rebuild tensors",
          "do not load this file elsewhere unless you trust its origin");
    }
    push(constructor.construct(arguments));
  }

  /** Sets attributes where they are kept; they say nothing about tensors elsewhere. */
  private void build(Pickled state) {
    if (peek() instanceof Instance instance && state instanceof Mapping attributes) {
      charge(64L * attributes.entries().size());
      instance.build(attributes);
    }
  }

  // --- stack and memo -------------------------------------------------------------------------

  private void push(Pickled value) {
    if (stack.size() >= MAX_STACK) {
      throw tooLarge("more than %d values at once".formatted(MAX_STACK));
    }
    charge(heapOf(value));
    stack.add(value);
  }

  private static long heapOf(Pickled value) {
    if (value == Opaque.VALUE) {
      return 0;
    }
    return value instanceof Mapping || value instanceof Instance ? 224 : 64;
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }

  private Pickled peek() {
    if (stack.size() <= floor()) {
      throw in.broken("an operation on an empty stack");
    }
    return stack.get(stack.size() - 1);
  }

  private Pickled pop() {
    Pickled top = peek();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Pickled> popLast(int count) {
    if (stack.size() - count < floor()) {
      throw in.broken("an operation on an empty stack");
    }
    List<Pickled> tail = stack.subList(stack.size() - count, stack.size());
    List<Pickled> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  private void mark() {
    if (marks.size() >= MAX_MARKS) {
      throw tooLarge("values nested more than %d deep".formatted(MAX_MARKS));
    }
    marks.push(stack.size());
  }

  private List<Pickled> popToMark() {
    if (marks.isEmpty()) {
      throw in.broken("the end of a list that has no beginning");
    }
    List<Pickled> values = popLast(stack.size() - marks.peek());
    charge(8L * values.size());
    marks.pop();
    return values;
  }

  private void popItemOrMark() {
    if (stack.size() > floor()) {
      pop();
    } else if (marks.isEmpty()) {
      throw in.broken("an operation on an empty stack");
    } else {
      marks.pop();
    }
  }

  private void memoize(long index) {
    charge(64);
    memo.put(index, peek());
  }

  private void recall(long index) {
    Pickled value = memo.get(index);
    if (value == null) {
      throw in.broken("value %d recalled, which was not kept".formatted(index));
    }
    if (stack.size() >= MAX_STACK) {
      throw tooLarge("more than %d values at once".formatted(MAX_STACK));
    }
    stack.add(value);
  }

  private void charge(long bytes) {
    heap += bytes;
    if (heap > HEAP_BUDGET) {
      throw tooLarge("values of more than %d MB".formatted(HEAP_BUDGET >> 20));
    }
  }

  private InputException tooLarge(String found) {
    return in.refused(
        found,
        "the names and shapes of tensors",
        "save the model's state_dict alone, without optimiser and training history");
  }
}

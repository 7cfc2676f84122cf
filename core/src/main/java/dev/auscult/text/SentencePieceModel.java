package dev.auscult.text;

import dev.auscult.base.InputException;
import dev.auscult.base.ProtobufMessage;
import dev.auscult.base.ProtobufMessage.Field;
import dev.auscult.base.ProtobufMessage.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unigram model of SentencePiece ({@code spiece.model}): pieces with log probabilities, and how a
 * text is prepared. Models with byte fallback, user-defined pieces, or the space as a suffix are
 * refused.
 *
 * @param pieces by id
 * @param unknownId the id of what no piece covers
 * @param characters what is replaced before anything else
 * @param dummyPrefix whether a space is put in front
 * @param collapseSpaces whether spaces at both ends and repeated ones are removed
 */
record SentencePieceModel(
    List<Piece> pieces,
    int unknownId,
    Optional<CharacterMap> characters,
    boolean dummyPrefix,
    boolean collapseSpaces) {
  private static final int MAX_PIECES = 1_000_000;
  private static final int UNIGRAM = 1;

  private static final int MODEL_PIECES = 1;
  private static final int MODEL_TRAINER = 2;
  private static final int MODEL_NORMALIZER = 3;
  private static final int PIECE_TEXT = 1;
  private static final int PIECE_SCORE = 2;
  private static final int PIECE_KIND = 3;
  private static final int TRAINER_MODEL_TYPE = 3;
  private static final int TRAINER_SPACE_AS_SUFFIX = 24;
  private static final int TRAINER_BYTE_FALLBACK = 35;
  private static final int NORMALIZER_CHARSMAP = 2;
  private static final int NORMALIZER_DUMMY_PREFIX = 3;
  private static final int NORMALIZER_COLLAPSE = 4;
  private static final int NORMALIZER_ESCAPE = 5;

  SentencePieceModel {
    pieces = List.copyOf(pieces);
  }

  /** What a piece is for, with SentencePiece's number for it. */
  enum Kind {
    NORMAL(1),
    UNKNOWN(2),
    CONTROL(3),
    USER_DEFINED(4),
    UNUSED(5),
    BYTE(6);

    private final long number;

    Kind(long number) {
      this.number = number;
    }

    static Kind of(long number) throws FormatException {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new FormatException("a piece of kind " + number);
    }
  }

  /**
   * One piece.
   *
   * @param score its log probability
   */
  record Piece(String text, float score, Kind kind) {}

  /** Reads a model. */
  static SentencePieceModel read(BoundedFile file) {
    try {
      return new Reader(file.subject()).model(ProtobufMessage.fields(file.bytes()));
    } catch (FormatException e) {
      throw new InputException(
          file.subject(),
          "no SentencePiece model (%s)".formatted(e.getMessage()),
          "a spiece.model as SentencePiece writes it",
          "download the file again",
          e);
    }
  }

  /** Collects the fields of the messages. */
  private static final class Reader {
    private final String subject;
    private final List<Piece> pieces = new ArrayList<>();
    private Optional<CharacterMap> characters = Optional.empty();
    private boolean dummyPrefix = true;
    private boolean collapseSpaces = true;

    private Reader(String subject) {
      this.subject = subject;
    }

    private SentencePieceModel model(List<Field> fields) throws FormatException {
      for (Field field : fields) {
        switch (field.number()) {
          case MODEL_PIECES -> addPiece(ProtobufMessage.fields(field.bytes()));
          case MODEL_TRAINER -> trainer(ProtobufMessage.fields(field.bytes()));
          case MODEL_NORMALIZER -> normalizer(ProtobufMessage.fields(field.bytes()));
          default -> {
            // says nothing about encoding
          }
        }
      }
      for (int part : new int[] {MODEL_TRAINER, MODEL_NORMALIZER}) {
        if (fields.stream().noneMatch(field -> field.number() == part)) {
          throw new FormatException("no field %d".formatted(part));
        }
      }
      List<Piece> unknown = pieces.stream().filter(p -> p.kind() == Kind.UNKNOWN).toList();
      if (unknown.size() != 1) {
        throw new FormatException(unknown.size() + " pieces for the unknown, not 1");
      }
      return new SentencePieceModel(
          pieces, pieces.indexOf(unknown.get(0)), characters, dummyPrefix, collapseSpaces);
    }

    private void addPiece(List<Field> fields) throws FormatException {
      String text = "";
      float score = 0;
      Kind kind = Kind.NORMAL;
      for (Field field : fields) {
        switch (field.number()) {
          case PIECE_TEXT -> text = utf8(field.bytes());
          case PIECE_SCORE -> score = field.asFloat();
          case PIECE_KIND -> kind = Kind.of(field.bits());
          default -> {
            // unknown
          }
        }
      }
      if (text.isEmpty() || text.length() > TokenizerJson.MAX_PIECE || !Float.isFinite(score)) {
        throw new FormatException(
            "piece %d: \"%.80s\", score %s".formatted(pieces.size(), text, score));
      }
      if (pieces.size() == MAX_PIECES) {
        throw new FormatException("more than %,d pieces".formatted(MAX_PIECES));
      }
      Piece piece = new Piece(text, score, kind);
      if (piece.kind() == Kind.USER_DEFINED || piece.kind() == Kind.BYTE) {
        throw unsupported("the piece %s of kind %s".formatted(text, piece.kind()));
      }
      pieces.add(piece);
    }

    private void trainer(List<Field> fields) {
      for (Field field : fields) {
        boolean wrong =
            switch (field.number()) {
              case TRAINER_MODEL_TYPE -> field.bits() != UNIGRAM;
              case TRAINER_SPACE_AS_SUFFIX, TRAINER_BYTE_FALLBACK -> field.bits() != 0;
              default -> false;
            };
        if (wrong) {
          throw unsupported("training option %d = %d".formatted(field.number(), field.bits()));
        }
      }
    }

    private void normalizer(List<Field> fields) throws FormatException {
      for (Field field : fields) {
        switch (field.number()) {
          case NORMALIZER_CHARSMAP -> characters = map(field.bytes());
          case NORMALIZER_DUMMY_PREFIX -> dummyPrefix = field.bits() != 0;
          case NORMALIZER_COLLAPSE -> collapseSpaces = field.bits() != 0;
          case NORMALIZER_ESCAPE -> {
            if (field.bits() == 0) {
              throw unsupported("spaces that are not escaped");
            }
          }
          default -> {
            // says nothing about encoding
          }
        }
      }
    }

    private static Optional<CharacterMap> map(ByteBuffer bytes) throws FormatException {
      if (!bytes.hasRemaining()) {
        return Optional.empty();
      }
      Optional<CharacterMap> map = CharacterMap.read(bytes);
      if (map.isEmpty()) {
        throw new FormatException("a damaged character map");
      }
      return map;
    }

    private static String utf8(ByteBuffer bytes) throws FormatException {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      } catch (CharacterCodingException e) {
        throw new FormatException("a piece that is not UTF-8");
      }
    }

    private InputException unsupported(String found) {
      return new InputException(
          subject,
          found,
          "a unigram model without byte fallback and user-defined pieces, spaces in front",
          "save the tokenizer as tokenizer.json beside it");
    }
  }
}

package dev.auscult.data.phantom;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The grammar of captions. Every detail a caption mentions is visible in the image or plainly an
 * attribute of the patient.
 */
final class Captions {
  private Captions() {}

  static String canonical(Phantom truth) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "%s chest radiograph of %s."
            .formatted(viewWords(truth.view()).get(0), person(truth, personWords(truth).get(0))));
    for (Finding finding : truth.findings()) {
      sentences.add(findingSentences(finding, word(truth, finding, 0)).get(0));
    }
    deviceSentences(truth.device()).stream().findFirst().ifPresent(sentences::add);
    return String.join(" ", sentences);
  }

  static String paraphrase(Phantom truth, Draw draw) {
    return paraphrase(truth, draw, Optional.empty());
  }

  /** The paraphrase that {@code draw} gives, but for its first finding, which is {@code absent}. */
  static String foil(Phantom truth, Draw draw, Finding absent, Severity severity, Draw ofSentence) {
    Optional<Severity> degree = absent == Finding.NORMAL ? Optional.empty() : Optional.of(severity);
    return paraphrase(truth, draw, Optional.of(drawn(degree, absent, ofSentence)));
  }

  private static String paraphrase(Phantom truth, Draw draw, Optional<String> instead) {
    String drawn = drawn(truth.severity(), truth.finding(), draw);
    String finding = instead.orElse(drawn);
    Optional<String> study =
        draw.chance(0.8) ? Optional.of(draw.pick(studySentences(truth, draw))) : Optional.empty();
    List<String> devices = deviceSentences(truth.device());
    Optional<String> device =
        !devices.isEmpty() && draw.chance(0.8) ? Optional.of(draw.pick(devices)) : Optional.empty();
    boolean studyLast = draw.chance(0.3);
    boolean deviceFirst = draw.chance(0.3);
    List<String> sentences = new ArrayList<>();
    sentences.add(finding);
    truth.findings().stream()
        .skip(1)
        .forEach(further -> sentences.add(drawn(truth.severity(), further, draw)));
    device.ifPresent(sentence -> sentences.add(deviceFirst ? 0 : sentences.size(), sentence));
    study.ifPresent(sentence -> sentences.add(studyLast ? sentences.size() : 0, sentence));
    return String.join(" ", sentences);
  }

  /** A sentence that states one finding, drawn anew for each finding of a phantom. */
  static String sentence(Phantom truth, Finding finding) {
    return drawn(truth.severity(), finding, truth.stream("sentence " + finding.prompt()));
  }

  private static String drawn(Optional<Severity> degree, Finding finding, Draw draw) {
    String grade = degree.map(severity -> draw.pick(grades(finding, severity))).orElse("");
    return draw.pick(findingSentences(finding, grade));
  }

  static List<String> distinct(Phantom truth, int count) {
    Set<String> captions = new LinkedHashSet<>();
    for (int k = 0; captions.size() < count && k < 100 * count + 1000; k++) {
      captions.add(truth.paraphrase(k));
    }
    if (captions.size() < count) {
      throw new IllegalArgumentException(
          "the grammar has fewer than " + count + " captions for " + truth.id());
    }
    return List.copyOf(captions);
  }

  private static List<String> viewWords(View view) {
    return view == View.PA
        ? List.of("PA", "Upright PA", "Frontal PA", "Standing PA")
        : List.of("Portable AP", "Supine AP", "Bedside AP", "AP");
  }

  private static List<String> personWords(Phantom truth) {
    return truth.sex() == Sex.FEMALE
        ? List.of("woman", "female patient", "lady")
        : List.of("man", "male patient", "gentleman");
  }

  private static String person(Phantom truth, String noun) {
    String article = truth.age() / 10 == 8 ? "an" : "a";
    return "%s %d-year-old %s".formatted(article, truth.age(), noun);
  }

  private static List<String> studySentences(Phantom truth, Draw draw) {
    String view = draw.pick(viewWords(truth.view()));
    String noun = draw.pick(personWords(truth));
    String person = person(truth, noun);
    return List.of(
        "%s chest radiograph of %s.".formatted(view, person),
        "%s chest X-ray, %s.".formatted(view, person),
        "%s view of the chest of %s.".formatted(view, person),
        "%s, %d years, %s chest film.".formatted(capital(noun), truth.age(), view),
        "%s chest radiograph of a %s.".formatted(view, noun),
        "%s chest radiograph.".formatted(view));
  }

  private static List<String> deviceSentences(Device device) {
    return switch (device) {
      case NONE -> List.of();
      case PACEMAKER ->
          List.of("Pacemaker in place.", "A pacemaker is seen.", "Pacemaker with its lead.");
      case CENTRAL_LINE ->
          List.of(
              "Central venous line in place.",
              "A central line is seen.",
              "Central venous catheter.");
    };
  }

  private static String word(Phantom truth, Finding finding, int which) {
    return truth.severity().map(severity -> grades(finding, severity).get(which)).orElse("");
  }

  private static List<String> grades(Finding finding, Severity severity) {
    boolean fluid = finding.findingClass() == FindingClass.PLEURAL_EFFUSION;
    return switch (severity) {
      case MILD -> fluid ? List.of("small", "minor", "mild") : List.of("mild", "slight", "minor");
      case MODERATE -> List.of("moderate", "medium-grade");
      case SEVERE ->
          fluid ? List.of("large", "marked", "severe") : List.of("severe", "marked", "extensive");
    };
  }

  private static List<String> findingSentences(Finding finding, String grade) {
    return switch (finding.findingClass()) {
      case NORMAL ->
          List.of(
              "No finding.",
              "Clear lungs and normal heart size.",
              "Normal chest.",
              "No acute abnormality.",
              "The lungs are clear.",
              "Unremarkable heart and lungs.");
      case CARDIOMEGALY ->
          List.of(
              sentence(grade, "cardiomegaly"),
              sentence(grade, "enlargement of the heart"),
              sentence("cardiomegaly cardiac,", grade),
              "There is %s cardiomegaly.".formatted(grade),
              sentence("the heart shows", grade, "enlargement"));
      case ATELECTASIS -> located(finding, grade, List.of("atelectasis", "collapse"));
      case CONSOLIDATION -> located(finding, grade, List.of("consolidation", "airspace opacity"));
      case PLEURAL_EFFUSION -> located(finding, grade, List.of("pleural effusion", "effusion"));
    };
  }

  private static List<String> located(Finding finding, String grade, List<String> nouns) {
    String place = place(finding);
    List<String> sentences = new ArrayList<>();
    for (String noun : nouns) {
      sentences.add(sentence(grade, noun, place));
      sentences.add(sentence(grade, adjective(finding), noun));
      sentences.add("There is %s %s %s.".formatted(grade, noun, place));
      sentences.add(sentence(noun, finding.concept() + ",", grade));
      sentences.add(sentence(place + ",", grade, noun));
    }
    return sentences;
  }

  private static String place(Finding finding) {
    return switch (finding) {
      case ATELECTASIS_LEFT_LOWER_LOBE, CONSOLIDATION_LEFT_LOWER_LOBE -> "in the left lower lobe";
      case ATELECTASIS_RIGHT_LOWER_LOBE, CONSOLIDATION_RIGHT_LOWER_LOBE ->
          "in the right lower lobe";
      case ATELECTASIS_RETROCARDIAC -> "behind the heart";
      case EFFUSION_BILATERAL_ANGLE -> "in both costophrenic angles";
      case EFFUSION_BILATERAL_PLEURAL -> "in both pleural spaces";
      case EFFUSION_LEFT_ANGLE -> "in the left costophrenic angle";
      case EFFUSION_LEFT_PLEURAL -> "in the left pleural space";
      case EFFUSION_RIGHT_ANGLE -> "in the right costophrenic angle";
      case EFFUSION_RIGHT_PLEURAL -> "in the right pleural space";
      case CARDIOMEGALY_CARDIAC, NORMAL -> "";
    };
  }

  private static String adjective(Finding finding) {
    return finding.concept().replace(" angle", "").replace(" pleural", " pleural space");
  }

  private static String sentence(String... words) {
    return capital(String.join(" ", words)) + ".";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}

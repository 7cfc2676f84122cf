package dev.auscult.data.phantom;

import java.util.Arrays;
import java.util.List;

/**
 * What a phantom shows: the twelve class-concept combinations that the SCALE paper takes from
 * PadChest-GR, with its UMLS expressions, and the normal radiograph.
 */
public enum Finding {
  /** Atelectasis of the left lower lobe. */
  ATELECTASIS_LEFT_LOWER_LOBE(
      FindingClass.ATELECTASIS,
      "left lower lobe",
      Side.LEFT,
      "(C0225758 OR C1282378) AND C0443246, C1261077",
      "ATL",
      25),
  /** Atelectasis behind the heart. */
  ATELECTASIS_RETROCARDIAC(
      FindingClass.ATELECTASIS, "retrocardiac", Side.MIDDLE, "not given", "ATC", 17),
  /** Atelectasis of the right lower lobe. */
  ATELECTASIS_RIGHT_LOWER_LOBE(
      FindingClass.ATELECTASIS,
      "right lower lobe",
      Side.RIGHT,
      "(C0225758 OR C1282378) AND C0444532, C1261075",
      "ATR",
      17),
  /** An enlarged heart. */
  CARDIOMEGALY_CARDIAC(FindingClass.CARDIOMEGALY, "cardiac", Side.MIDDLE, "C1522601", "HRT", 437),
  /** Consolidation of the left lower lobe. */
  CONSOLIDATION_LEFT_LOWER_LOBE(
      FindingClass.CONSOLIDATION,
      "left lower lobe",
      Side.LEFT,
      "(C0225758 OR C1282378) AND C0443246, C1261077",
      "COL",
      13),
  /** Consolidation of the right lower lobe. */
  CONSOLIDATION_RIGHT_LOWER_LOBE(
      FindingClass.CONSOLIDATION,
      "right lower lobe",
      Side.RIGHT,
      "(C0225758 OR C1282378) AND C0444532, C1261075",
      "COR",
      13),
  /** Small effusions in both costophrenic angles. */
  EFFUSION_BILATERAL_ANGLE(
      FindingClass.PLEURAL_EFFUSION,
      "bilateral costophrenic angle",
      Side.BILATERAL,
      "C0230151 AND C0238767",
      "EBA",
      53),
  /** Effusion layers on both sides. */
  EFFUSION_BILATERAL_PLEURAL(
      FindingClass.PLEURAL_EFFUSION,
      "bilateral pleural",
      Side.BILATERAL,
      "C0032225 AND C0238767",
      "EBP",
      40),
  /** A small effusion in the left costophrenic angle. */
  EFFUSION_LEFT_ANGLE(
      FindingClass.PLEURAL_EFFUSION,
      "left costophrenic angle",
      Side.LEFT,
      "(C0230151 AND C0443246) OR C0504100",
      "ELA",
      80),
  /** An effusion layer on the left. */
  EFFUSION_LEFT_PLEURAL(
      FindingClass.PLEURAL_EFFUSION, "left pleural", Side.LEFT, "C0443246 AND C0032225", "ELP", 76),
  /** A small effusion in the right costophrenic angle. */
  EFFUSION_RIGHT_ANGLE(
      FindingClass.PLEURAL_EFFUSION,
      "right costophrenic angle",
      Side.RIGHT,
      "(C0230151 AND C0444532) OR C0504099",
      "ERA",
      54),
  /** An effusion layer on the right. */
  EFFUSION_RIGHT_PLEURAL(
      FindingClass.PLEURAL_EFFUSION,
      "right pleural",
      Side.RIGHT,
      "C0444532 AND C0032225",
      "ERP",
      57),
  /** None of the above. */
  NORMAL(FindingClass.NORMAL, "none", Side.MIDDLE, "none", "NML", 0);

  private final FindingClass findingClass;
  private final String concept;
  private final Side side;
  private final String umls;
  private final String code;
  private final int cases;

  Finding(
      FindingClass findingClass, String concept, Side side, String umls, String code, int cases) {
    this.findingClass = findingClass;
    this.concept = concept;
    this.side = side;
    this.umls = umls;
    this.code = code;
    this.cases = cases;
  }

  /** The class, e.g. pleural effusion. */
  public FindingClass findingClass() {
    return findingClass;
  }

  /** The location, e.g. {@code left costophrenic angle}; {@code none} for the normal radiograph. */
  public String concept() {
    return concept;
  }

  /** Where it is. */
  public Side side() {
    return side;
  }

  /** The UMLS expression that the paper gives for the location. */
  public String umls() {
    return umls;
  }

  /** Three letters that stand for the finding in a burned-in label. */
  public String code() {
    return code;
  }

  /** How many cases of PadChest-GR the SCALE paper counts; 0 for the normal radiograph. */
  public int cases() {
    return cases;
  }

  /**
   * The class-concept combination as a prompt, e.g. {@code pleural effusion left costophrenic
   * angle}; {@code No finding.} for the normal radiograph.
   */
  public String prompt() {
    return this == NORMAL ? "No finding." : findingClass.term() + " " + concept;
  }

  /** The prompts of all findings, in the order of the constants. */
  public static List<String> prompts() {
    return Arrays.stream(values()).map(Finding::prompt).toList();
  }
}

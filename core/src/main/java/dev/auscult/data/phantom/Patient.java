package dev.auscult.data.phantom;

import dev.auscult.base.Seed;

/**
 * A patient: attributes, and the proportions that all images of the patient share. Lengths are
 * fractions of the image side.
 *
 * @param id unique in its data set, e.g. {@code p000017}
 * @param age in years, 20-89
 * @param sex female or male
 * @param site where the patient is treated
 * @param device what the patient carries
 * @param chest half the inner width of the chest
 * @param heartRatio heart width over inner chest width without cardiomegaly
 * @param ribSpacing vertical distance of neighbouring ribs
 * @param ribStart height of the first rib at the spine
 * @param split {@code train}, {@code validation} or {@code test}
 */
record Patient(
    String id,
    int age,
    Sex sex,
    Site site,
    Device device,
    double chest,
    double heartRatio,
    double ribSpacing,
    double ribStart,
    String split) {

  static Patient of(Seed seed, long number) {
    Seed own = seed.derive("patient").derive(number);
    Draw draw = new Draw(own);
    int age = 20 + draw.below(70);
    Sex sex = draw.chance(0.5) ? Sex.FEMALE : Sex.MALE;
    Site site = draw.pick(java.util.List.of(Site.values()));
    double carries = draw.unit();
    Device device =
        carries < 0.7 ? Device.NONE : carries < 0.85 ? Device.PACEMAKER : Device.CENTRAL_LINE;
    return new Patient(
        number < 1_000_000 ? padded(number) : "p" + number,
        age,
        sex,
        site,
        device,
        (sex == Sex.MALE ? 0.372 : 0.356) + draw.uniform(-0.012, 0.012),
        draw.uniform(0.40, 0.455),
        draw.uniform(0.066, 0.074),
        draw.uniform(0.115, 0.145),
        splitOf(own.derive("split")));
  }

  private static String padded(long number) {
    String digits = Long.toString(number);
    return "p" + "000000".substring(digits.length()) + digits;
  }

  /** 70 % training, 15 % validation, 15 % test, whatever the number of patients. */
  private static String splitOf(Seed seed) {
    double at = new Draw(seed).unit();
    return at < 0.70 ? "train" : at < 0.85 ? "validation" : "test";
  }
}

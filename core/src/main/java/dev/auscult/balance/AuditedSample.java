package dev.auscult.balance;

/**
 * The figures of an audited sample with whom they belong to.
 *
 * @param figures the sample's
 * @param cluster its patient, or its image where the patient is not known
 */
public record AuditedSample(SampleFigures figures, String cluster) {}

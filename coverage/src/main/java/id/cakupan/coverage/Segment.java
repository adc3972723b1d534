package id.cakupan.coverage;

/** Segments of BPJS Ketenagakerjaan. The order is part of the stored encoding: append only. */
public enum Segment {
    /** Jasa konstruksi: construction services, enrolled per project. */
    JAKON,
    /** Penerima upah: wage earners, enrolled by their employer. */
    PU,
    /** Bukan penerima upah: workers who enrol themselves. */
    BPU
}

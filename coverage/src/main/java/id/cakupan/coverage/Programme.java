package id.cakupan.coverage;

/** Programmes of BPJS Ketenagakerjaan. The order is part of the stored encoding: append only. */
public enum Programme {
    /** Jaminan Kecelakaan Kerja: work accident. */
    JKK,
    /** Jaminan Kematian: death. */
    JKM,
    /** Jaminan Hari Tua: old age savings. */
    JHT,
    /** Jaminan Pensiun: pension. */
    JP
}

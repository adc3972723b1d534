package id.cakupan.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Invented persons whose data are unmistakable. The day of birth in their NIK and their district do not occur elsewhere.
 *
 * @param nikStart first twelve digits of each NIK
 * @param kpjStart first ten digits of each KPJ
 * @param nameStart beginning of each name
 * @param wage wage of all, in rupiah
 */
record Canaries(String nikStart, String kpjStart, String nameStart, String wage) {
    /** Wage of the first. */
    static final String WAGE = "7777333777";

    /** Those who go in where personal data may go in. */
    static final Canaries FIRST = new Canaries("357306711299", "4711831594", "KENARIxyzzy", WAGE);

    /** Those whom somebody else wrote into topics. */
    static final Canaries SECOND = new Canaries("357307711299", "4811831694", "KUTILANGxyzzy", "8888444888");

    /** Most persons. */
    static final int MOST = 200;

    /** Persons with a KPJ. */
    static final int NUMBERED = 10;

    /** NIK of a person, from 0. It does not end in 0. */
    String nik(int person) {
        return String.format("%s%03d%d", nikStart, 1 + person / 9, 1 + person % 9);
    }

    /** KPJ of a person, from 0; only the first {@link #NUMBERED} have one. */
    String kpj(int person) {
        return kpjStart + Objects.checkIndex(person, NUMBERED);
    }

    /** Name of a person. */
    String name(int person) {
        return nameStart + " " + person;
    }

    /** A scan for them. */
    LeakScan scan() {
        List<Long> numbers = new ArrayList<>(List.of(Long.valueOf(wage)));
        for (int person = 0; person < MOST; person++) {
            numbers.add(Long.valueOf(nik(person)));
        }
        for (int person = 0; person < NUMBERED; person++) {
            numbers.add(Long.valueOf(kpj(person)));
        }
        return new LeakScan(new Marks(List.of(nikStart, kpjStart, nameStart, wage), numbers));
    }
}

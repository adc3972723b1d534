package id.cakupan.producers.simulator;

/** The contractors of a city, numbered from 0; the first ones win most of the work. Nothing is stored. */
final class Contractors {
    private static final int PURPOSE = 1;
    private static final int MOST_NPP = 1_000_000;
    private static final int FIRST_NPP = 99_000_000;
    /** Makes 13 digits of any number, behind a first one that is cut off. */
    private static final long PADDING = 10_000_000_000_000L;

    private static final double SKEW = 1.6;
    private static final String[] FORMS = {"CV", "CV", "CV", "PT"};
    private static final String[] FIRST = {
        "Arba",
        "Tirta",
        "Wulan",
        "Sinar",
        "Bumi",
        "Cipta",
        "Dharma",
        "Eka",
        "Graha",
        "Harapan",
        "Indra",
        "Jati",
        "Kencana",
        "Lintang",
        "Mitra",
        "Nusa",
        "Panca",
        "Rajawali",
        "Surya",
        "Tunas",
        "Utama",
        "Wijaya",
        "Bayu",
        "Galang",
        "Cakra"
    };
    private static final String[] SECOND = {
        "Karya",
        "Jaya",
        "Abadi",
        "Mandiri",
        "Persada",
        "Sentosa",
        "Konstruksi",
        "Makmur",
        "Bangun",
        "Perkasa",
        "Sejahtera",
        "Teknik",
        "Pratama",
        "Raya",
        "Lestari"
    };

    private final long seed;
    private final int count;

    Contractors(long seed, int count) {
        this.seed = seed;
        this.count = count;
    }

    /** One that gets the next work. */
    int pick(Dice dice) {
        return (int) (count * Math.pow(dice.unit(), SKEW));
    }

    /** Invented tax number (npwp) or BPJS number (npp), both of forms that are not in use. */
    String id(int contractor) {
        return contractor % 3 == 0 && contractor < MOST_NPP
                ? "npp:" + (FIRST_NPP + contractor)
                : "npwp:099" + Long.toString(PADDING + contractor).substring(1);
    }

    /** Name, such as {@code CV Arba Karya}; from the 375th on with a number. */
    String name(int contractor) {
        Dice dice = new Dice().start(seed, PURPOSE, contractor);
        int names = FIRST.length * SECOND.length;
        int place = contractor % names;
        String name = dice.of(FORMS) + " " + FIRST[place % FIRST.length] + " "
                + SECOND[(place / FIRST.length + place) % SECOND.length];
        return contractor < names ? name : name + " " + (contractor / names + 1);
    }

    /** How much it cares about its duties, from 0 to 1. */
    double diligence(int contractor) {
        return new Dice().start(seed, PURPOSE + 100, contractor).unit();
    }
}

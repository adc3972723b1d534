package id.cakupan.producers.simulator;

import java.util.List;

/** Malang's five districts with their Kemendagri codes, and their kelurahan. */
final class Districts {
    /**
     * One district.
     *
     * @param code Kemendagri code
     * @param share share of the city's building sites, the sum of all is 1
     * @param kelurahan its parts
     */
    record District(String code, double share, List<String> kelurahan) {}

    static final String CITY = "35.73";

    static final List<District> ALL = List.of(
            new District(
                    "35.73.01",
                    0.20,
                    List.of(
                            "Balearjosari",
                            "Arjosari",
                            "Polowijen",
                            "Purwodadi",
                            "Blimbing",
                            "Pandanwangi",
                            "Purwantoro",
                            "Bunulrejo",
                            "Kesatrian",
                            "Polehan",
                            "Jodipan")),
            new District(
                    "35.73.02",
                    0.16,
                    List.of(
                            "Klojen",
                            "Rampalcelaket",
                            "Samaan",
                            "Kiduldalem",
                            "Sukoharjo",
                            "Kasin",
                            "Kauman",
                            "Oro-oro Dowo",
                            "Bareng",
                            "Gading Kasri",
                            "Penanggungan")),
            new District(
                    "35.73.03",
                    0.24,
                    List.of(
                            "Kotalama",
                            "Mergosono",
                            "Bumiayu",
                            "Wonokoyo",
                            "Buring",
                            "Kedungkandang",
                            "Lesanpuro",
                            "Sawojajar",
                            "Madyopuro",
                            "Cemorokandang",
                            "Arjowinangun",
                            "Tlogowaru")),
            new District(
                    "35.73.04",
                    0.18,
                    List.of(
                            "Ciptomulyo",
                            "Gadang",
                            "Kebonsari",
                            "Bandungrejosari",
                            "Sukun",
                            "Tanjungrejo",
                            "Pisangcandi",
                            "Bandulan",
                            "Karangbesuki",
                            "Mulyorejo",
                            "Bakalankrajan")),
            new District(
                    "35.73.05",
                    0.22,
                    List.of(
                            "Tunggulwulung",
                            "Merjosari",
                            "Tlogomas",
                            "Dinoyo",
                            "Sumbersari",
                            "Ketawanggede",
                            "Jatimulyo",
                            "Tunjungsekar",
                            "Mojolangu",
                            "Tulusrejo",
                            "Lowokwaru",
                            "Tasikmadu")));

    private Districts() {}

    /** Where the next site is, a place in {@link #ALL}. */
    static int pick(Dice dice) {
        double left = dice.unit();
        for (int i = 0; i < ALL.size() - 1; i++) {
            left -= ALL.get(i).share();
            if (left < 0) {
                return i;
            }
        }
        return ALL.size() - 1;
    }
}

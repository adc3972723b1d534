package id.cakupan.producers.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What profiles say about persons and the register. */
class ProfilesTest {
    private static final String PROFILE = """
            title: {id: a, en: a}
            columns:
              nik: {headings: [NIK], kind: nik}
              kpj: {headings: [KPJ], kind: kpj}
              hari: {headings: [Hari], kind: date}
              npp: {headings: [NPP], kind: code}
            values:
              pekerja: {first: ["{nik}", "{kpj}"]}
            events:
              - type: EnrolmentEnded
                fields:
                  nik: "{pekerja}"
                  enrolmentId: {enrolment-of: pekerja, at: npp, day: hari}
                  endedOn: "{hari}"
                  reason: WITHDRAWN
            """;

    @Test
    void shouldNeedTheRegisterForKpjAndEnrolmentsAlone() throws Exception {
        assertThat(read(PROFILE).register()).isTrue();
        assertThat(read(PROFILE.replace("kind: kpj", "kind: nik-or-kpj")).register())
                .isTrue();
        assertThat(read(PROFILE.replace("kind: kpj", "kind: code")).register()).isTrue();
        assertThat(read(PROFILE.replace("kind: kpj", "kind: code").replaceAll("\\{enrolment-of.*\\}", "\"{npp}\""))
                        .register())
                .isFalse();
        for (String name : Profiles.SHIPPED) {
            assertThat(Profiles.find(name).register()).as(name).isEqualTo(name.startsWith("sipp-"));
        }
    }

    @Test
    void shouldDoWithoutEventsWhereRowsTeachTheRegister() throws Exception {
        String teaching = PROFILE.substring(0, PROFILE.indexOf("events:"));
        assertThat(read(teaching).events()).isEmpty();
        assertThatThrownBy(() -> read(teaching.replace("kind: kpj", "kind: code")))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("events");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endedOn: \"{hari}\"   | endedOn: \"{kpj}\"                | the number of a person may stand in 'nik' only",
                "endedOn: \"{hari}\"   | endedOn: \"x-{pekerja}\"          | the number of a person may stand in 'nik' only",
                "{enrolment-of: pekerja, at: npp, day: hari} | {id: [a, \"{nik}\"]} | the number of a person may stand in 'nik' only",
                "enrolment-of: pekerja | enrolment-of: npp                 | takes the number of a person",
                "enrolment-of: pekerja | enrolment-of: siapa               | no column or value 'siapa'",
                "day: hari             | day: npp                          | takes a column of kind date",
                "day: hari             | on: hari                          | is not known",
                "', day: hari'         | ''                                | a text is expected",
                "kind: code            | kind: kpj                         | one column of kind KPJ only",
                "kind: code            | kind: nik                         | one column of kind NIK only"
            })
    void shouldRefuseAProfileThatShowsAPersonOrAsksForNothing(String right, String wrong, String fault) {
        assertThat(PROFILE).contains(right);
        assertThatThrownBy(() -> read(PROFILE.replace(right, wrong)))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(fault);
    }

    private static Profile read(String text) throws ProfileException {
        return Profiles.read("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}

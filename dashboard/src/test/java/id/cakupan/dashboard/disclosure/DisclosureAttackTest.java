package id.cakupan.dashboard.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A year of public figures against an attacker, and figures made by weaker rules, to show that it can win. */
class DisclosureAttackTest {
    private static final int YEAR = 365;
    private static final int TOWNS = 400;
    private static final int TOWNS_OF_WEAK_RULES = 40;
    private static final int K = 5;
    private static final Rules RULES = Rules.of(K);

    @Test
    void shouldGiveNoSensitiveCountAway() {
        Attacker.Result result = attack(RULES, TOWNS);
        assertThat(result.wrong()).as("the attacker draws no wrong conclusion").isZero();
        assertThat(result.sensitive()).isGreaterThan(100_000);
        assertThat(result.exact()).isZero();
        assertThat(result.narrow()).isZero();
        assertThat(result.narrowest()).isGreaterThanOrEqualTo(K);
    }

    @Test
    void shouldGiveNoSensitiveCountAwayAtOtherThresholds() {
        for (int threshold : new int[] {3, 8}) {
            Attacker.Result result = attack(Rules.of(threshold), TOWNS_OF_WEAK_RULES);
            assertThat(result.wrong()).isZero();
            assertThat(result.narrow()).as("threshold " + threshold).isZero();
        }
    }

    @Test
    void shouldLoseWhenTotalsAreTheTrueOnes() {
        Attacker.Result exact = attack(
                new Rules(
                        K,
                        RULES.open(),
                        RULES.close(),
                        RULES.ratioFrom(),
                        1,
                        RULES.poolMembers(),
                        RULES.poolDays(),
                        RULES.waitDays(),
                        false),
                TOWNS_OF_WEAK_RULES);
        Attacker.Result rounded = attack(
                new Rules(
                        K,
                        RULES.open(),
                        RULES.close(),
                        RULES.ratioFrom(),
                        RULES.base(),
                        RULES.poolMembers(),
                        RULES.poolDays(),
                        RULES.waitDays(),
                        false),
                TOWNS_OF_WEAK_RULES);
        assertThat(exact.wrong() + rounded.wrong()).isZero();
        assertThat(exact.exact()).isPositive();
        assertThat(rounded.narrow()).isPositive();
    }

    @Test
    void shouldLoseWhenAGroupIsShownAsSoonAsItIsLargeEnough() {
        Attacker.Result result = attack(
                new Rules(
                        K,
                        K,
                        K,
                        RULES.ratioFrom(),
                        RULES.base(),
                        RULES.poolMembers(),
                        RULES.poolDays(),
                        RULES.waitDays(),
                        true),
                TOWNS_OF_WEAK_RULES);
        assertThat(result.wrong()).isZero();
        assertThat(result.exact()).isPositive();
    }

    @Test
    void shouldLoseWhenSumsAreNotRounded() {
        Attacker.Result result = attack(
                new Rules(
                        K,
                        RULES.open(),
                        RULES.close(),
                        RULES.ratioFrom(),
                        1,
                        RULES.poolMembers(),
                        RULES.poolDays(),
                        RULES.waitDays(),
                        true),
                TOWNS_OF_WEAK_RULES);
        assertThat(result.wrong()).isZero();
        assertThat(result.narrow()).isPositive();
    }

    private static Attacker.Result attack(Rules rules, int towns) {
        Attacker.Result all = new Attacker.Result(0, 0, 0, Integer.MAX_VALUE, 0);
        for (int seed = 0; seed < towns; seed++) {
            all = all.plus(Attacker.attack(rules, new World(seed, 6 + seed % 40, YEAR)));
        }
        return all;
    }
}

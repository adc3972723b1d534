package id.cakupan.streams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * When things happen that no event brings about.
 *
 * @param clock the only source of time
 * @param zone zone whose midnight begins a day
 * @param interval how often changed groups are forwarded and published
 * @param mostGroups most groups forwarded by a task at a time
 */
public record Pulse(Clock clock, ZoneId zone, Duration interval, int mostGroups) {
    Instant now() {
        return clock.instant();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }
}

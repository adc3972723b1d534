package id.cakupan.dashboard.board;

import cakupan.records.ReferenceFigure;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A figure from outside: participants and workforce are persons, the ratio is 0 to 1. */
public record Reference(
        String area,
        String concept,
        String source,
        @Nullable Long participants,
        @Nullable Long workforce,
        @Nullable Double ratio,
        LocalDate validOn) {

    static Reference of(ReferenceFigure event) {
        return new Reference(
                event.getArea(),
                event.getConcept(),
                event.getSource(),
                event.getParticipants(),
                event.getWorkforce(),
                event.getRatio(),
                event.getValidOn());
    }
}

package id.cakupan.coverage;

import org.jspecify.annotations.Nullable;

/** A fact about one worker. All intervals include their first and last day; see {@link Days} for open ends. */
public sealed interface WorkerFact extends Fact {
    /** Kind of fact; facts merge within (worker, kind, id). */
    Kind kind();

    /** Id of the hire or enrolment, the worker's own. */
    String id();

    /** The four kinds of worker facts. The order is part of the stored encoding: append only. */
    enum Kind {
        HIRE,
        RELEASE,
        ENROLMENT,
        ENROLMENT_END
    }

    /**
     * A worker starts on a project.
     *
     * @param endsOn planned last day or {@link Days#OPEN}
     */
    record Hire(String id, String projectId, String contractorId, int startsOn, int endsOn, Stamp stamp)
            implements WorkerFact {
        @Override
        public Kind kind() {
            return Kind.HIRE;
        }
    }

    /**
     * The real last day of a hire.
     *
     * @param voided the hire never was
     */
    record Release(String id, int endedOn, boolean voided, Stamp stamp) implements WorkerFact {
        @Override
        public Kind kind() {
            return Kind.RELEASE;
        }
    }

    /**
     * A named enrolment.
     *
     * @param projectId project of a JAKON enrolment
     * @param contractorId employer of a PU enrolment; null = any
     * @param programmes bits by ordinal of {@link Programme}
     * @param effectiveTo last covered day or {@link Days#OPEN}
     */
    record Enrolment(
            String id,
            Segment segment,
            @Nullable String projectId,
            @Nullable String contractorId,
            int programmes,
            int effectiveFrom,
            int effectiveTo,
            Stamp stamp)
            implements WorkerFact {
        @Override
        public Kind kind() {
            return Kind.ENROLMENT;
        }
    }

    /**
     * The end of an enrolment.
     *
     * @param voided the enrolment never was
     */
    record EnrolmentEnd(String id, int endedOn, boolean voided, Stamp stamp) implements WorkerFact {
        @Override
        public Kind kind() {
            return Kind.ENROLMENT_END;
        }
    }
}

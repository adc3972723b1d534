package id.cakupan.coverage;

import id.cakupan.coverage.WorkerFact.Enrolment;
import id.cakupan.coverage.WorkerFact.EnrolmentEnd;
import id.cakupan.coverage.WorkerFact.Hire;
import id.cakupan.coverage.WorkerFact.Kind;
import id.cakupan.coverage.WorkerFact.Release;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one worker: of each (kind, id) the one with the greatest stamp.
 *
 * <p>The ledger is a join-semilattice. Merging facts is commutative, associative and idempotent, so the ledger is a
 * function of the set of facts: order, repetition and lateness leave no trace. Two different facts under one stamp break
 * that, so an equal stamp changes nothing and event ids must be unique.
 */
public final class WorkerLedger {
    /** A worker has a handful of facts: a list is smaller and faster than a map. */
    private final List<WorkerFact> facts;

    /** An empty ledger. */
    public WorkerLedger() {
        facts = new ArrayList<>(4);
    }

    /** Takes in a fact. Returns false when a fact at least as late about the same id was there: nothing changed. */
    public boolean merge(WorkerFact fact) {
        for (int i = 0; i < facts.size(); i++) {
            WorkerFact present = facts.get(i);
            if (present.kind() == fact.kind() && present.id().equals(fact.id())) {
                if (!Facts.wins(fact, present)) {
                    return false;
                }
                facts.set(i, fact);
                return true;
            }
        }
        facts.add(fact);
        return true;
    }

    /** The facts, in no particular order. */
    public List<WorkerFact> facts() {
        return List.copyOf(facts);
    }

    /** Number of facts. */
    public int size() {
        return facts.size();
    }

    /** The hires, voided ones included. */
    public List<Hire> hires() {
        List<Hire> hires = new ArrayList<>(2);
        for (WorkerFact fact : facts) {
            if (fact instanceof Hire hire) {
                hires.add(hire);
            }
        }
        return hires;
    }

    @Nullable
    Release release(String hireId) {
        return (Release) find(Kind.RELEASE, hireId);
    }

    List<Enrolment> enrolments() {
        List<Enrolment> enrolments = new ArrayList<>(2);
        for (WorkerFact fact : facts) {
            if (fact instanceof Enrolment enrolment) {
                enrolments.add(enrolment);
            }
        }
        return enrolments;
    }

    @Nullable
    EnrolmentEnd enrolmentEnd(String enrolmentId) {
        return (EnrolmentEnd) find(Kind.ENROLMENT_END, enrolmentId);
    }

    /** Latest recording among the enrolments and their ends; {@link Long#MIN_VALUE} when there are none. */
    long enrolmentsRecordedThrough() {
        long latest = Long.MIN_VALUE;
        for (WorkerFact fact : facts) {
            if (fact.kind() == Kind.ENROLMENT || fact.kind() == Kind.ENROLMENT_END) {
                latest = Math.max(latest, fact.stamp().recordedAt());
            }
        }
        return latest;
    }

    /** The winning fact of this kind about this id. */
    public @Nullable WorkerFact find(Kind kind, String id) {
        for (WorkerFact fact : facts) {
            if (fact.kind() == kind && fact.id().equals(id)) {
                return fact;
            }
        }
        return null;
    }
}

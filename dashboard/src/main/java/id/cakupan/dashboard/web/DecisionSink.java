package id.cakupan.dashboard.web;

import cakupan.records.AlertDecision;
import java.util.concurrent.CompletableFuture;

/** Where decisions are kept. */
@FunctionalInterface
public interface DecisionSink {
    /** Keeps a decision. The future ends when it is safe, or fails within about two seconds. */
    CompletableFuture<Void> keep(AlertDecision decision);
}

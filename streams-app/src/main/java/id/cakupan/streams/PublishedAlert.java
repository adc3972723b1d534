package id.cakupan.streams;

import id.cakupan.coverage.Alert;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it was published.
 *
 * @param currentWorkerId newest id of the worker, null when it is that of the ledger
 */
record PublishedAlert(Alert alert, @Nullable String currentWorkerId) {}

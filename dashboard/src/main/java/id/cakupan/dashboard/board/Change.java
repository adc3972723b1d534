package id.cakupan.dashboard.board;

import org.jspecify.annotations.Nullable;

/** A row that took the place of another. */
public record Change(@Nullable Row before, Row after) {}

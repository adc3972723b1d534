package id.cakupan.dashboard.disclosure;

import cakupan.records.Level;

/**
 * A group of workers.
 *
 * @param level its level
 * @param id its id within the level
 */
public record Group(Level level, String id) {}

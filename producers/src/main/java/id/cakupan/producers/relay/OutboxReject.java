package id.cakupan.producers.relay;

import id.cakupan.publisher.BadEvent;

/** A row that is no acceptable event, and why. */
record OutboxReject(OutboxRow row, BadEvent fault) {}

/** An invented city: its building sites, contractors and workers, and the events that their systems would send. */
@NullMarked
package id.cakupan.producers.simulator;

import org.jspecify.annotations.NullMarked;

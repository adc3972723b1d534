/** The topology that turns events into figures, timelines and alerts, and the process that runs it. */
@NullMarked
package id.cakupan.streams;

import org.jspecify.annotations.NullMarked;

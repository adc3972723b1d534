/** What anybody may know: figures of completed days in which no small group can be found. */
@NullMarked
package id.cakupan.dashboard.disclosure;

import org.jspecify.annotations.NullMarked;

/** The state that is shown, kept in memory from the topics. */
@NullMarked
package id.cakupan.dashboard.board;

import org.jspecify.annotations.NullMarked;

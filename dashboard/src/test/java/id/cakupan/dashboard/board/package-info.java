@NullMarked
package id.cakupan.dashboard.board;

import org.jspecify.annotations.NullMarked;

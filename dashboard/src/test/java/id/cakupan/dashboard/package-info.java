@NullMarked
package id.cakupan.dashboard;

import org.jspecify.annotations.NullMarked;

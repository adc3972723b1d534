@NullMarked
package id.cakupan.dashboard.export;

import org.jspecify.annotations.NullMarked;

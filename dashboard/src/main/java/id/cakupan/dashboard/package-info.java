/** The web page and the API over the output topics. */
@NullMarked
package id.cakupan.dashboard;

import org.jspecify.annotations.NullMarked;

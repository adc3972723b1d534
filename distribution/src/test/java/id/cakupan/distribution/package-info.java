/** Tests of the commands that look, of the demo's screen, of the start script and of the pages that describe them. */
@NullMarked
package id.cakupan.distribution;

import org.jspecify.annotations.NullMarked;

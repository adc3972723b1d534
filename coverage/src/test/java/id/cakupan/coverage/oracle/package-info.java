/**
 * A second, simpler program for the rules of coverage, and random worlds to compare the real one with.
 *
 * <p>The oracle goes day by day and hire by hire. It shares nothing with the real rules but the records of the facts.
 */
@NullMarked
package id.cakupan.coverage.oracle;

import org.jspecify.annotations.NullMarked;

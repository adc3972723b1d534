/** Guarantees of the whole system: a real broker, a real registry, processes that are killed. */
@NullMarked
package id.cakupan.system;

import org.jspecify.annotations.NullMarked;

/** The register: what import remembers of workers, for rows that do not say all. */
@NullMarked
package id.cakupan.producers.register;

import org.jspecify.annotations.NullMarked;

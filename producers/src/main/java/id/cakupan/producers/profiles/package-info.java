/** Profiles: what the columns of a sheet mean, and which events follow from a row. */
@NullMarked
package id.cakupan.producers.profiles;

import org.jspecify.annotations.NullMarked;

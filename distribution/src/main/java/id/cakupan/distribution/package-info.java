/** The one program: all commands under one name, and those that look at the figures. */
@NullMarked
package id.cakupan.distribution;

import org.jspecify.annotations.NullMarked;

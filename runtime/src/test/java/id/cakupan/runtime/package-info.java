@NullMarked
package id.cakupan.runtime;

import org.jspecify.annotations.NullMarked;

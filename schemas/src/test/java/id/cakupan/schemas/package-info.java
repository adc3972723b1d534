@NullMarked
package id.cakupan.schemas;

import org.jspecify.annotations.NullMarked;

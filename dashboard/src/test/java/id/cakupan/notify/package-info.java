@NullMarked
package id.cakupan.notify;

import org.jspecify.annotations.NullMarked;

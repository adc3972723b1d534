@NullMarked
package id.cakupan.localstack;

import org.jspecify.annotations.NullMarked;

@NullMarked
package id.cakupan.runtime.commands;

import org.jspecify.annotations.NullMarked;

/** Commands that prepare a cluster, and those that explain the settings. */
@NullMarked
package id.cakupan.runtime.commands;

import org.jspecify.annotations.NullMarked;

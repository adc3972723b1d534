/** What all processes share: settings, commands, health, meters, provisioning. Knows nothing of the domain. */
@NullMarked
package id.cakupan.runtime;

import org.jspecify.annotations.NullMarked;

/** Who asks: local users, identities of a reverse proxy, sessions, and requests that come from elsewhere than the page. */
@NullMarked
package id.cakupan.dashboard.access;

import org.jspecify.annotations.NullMarked;

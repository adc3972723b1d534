/** What is asked and what is answered, as values. */
@NullMarked
package id.cakupan.dashboard.view;

import org.jspecify.annotations.NullMarked;

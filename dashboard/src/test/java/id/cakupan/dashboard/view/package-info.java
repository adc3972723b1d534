@NullMarked
package id.cakupan.dashboard.view;

import org.jspecify.annotations.NullMarked;

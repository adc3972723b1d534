/** Downloads of what is shown: CSV, XLSX and a letter to print. */
@NullMarked
package id.cakupan.dashboard.export;

import org.jspecify.annotations.NullMarked;

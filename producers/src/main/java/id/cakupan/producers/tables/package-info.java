/** Tables that people send as files: CSV, XLSX and JSON, read row by row; the texts of dates and amounts; rejects and templates. */
@NullMarked
package id.cakupan.producers.tables;

import org.jspecify.annotations.NullMarked;

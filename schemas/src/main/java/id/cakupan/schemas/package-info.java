/** The contracts between all processes: topics, records on the wire, and which events are acceptable. */
@NullMarked
package id.cakupan.schemas;

import org.jspecify.annotations.NullMarked;

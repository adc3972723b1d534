/** Delivery of alerts to the people and systems that must act, and what people decided about alerts. */
@NullMarked
package id.cakupan.notify;

import org.jspecify.annotations.NullMarked;

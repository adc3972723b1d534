package id.cakupan.schemas;

import org.apache.kafka.common.KafkaException;

/**
 * The schema registry gave no usable answer for longer than the configured patience. Says nothing about the record that
 * was being read or written: nothing may be skipped because of it.
 */
public final class RegistryUnavailableException extends KafkaException {
    private static final long serialVersionUID = 1L;

    /** A message for people, with the last failure behind it. */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

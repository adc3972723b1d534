package id.cakupan.streams;

import id.cakupan.schemas.Rejection;

/** An event that breaks a rule of the contract. It goes to the dead letters; the stream goes on. */
final class RejectedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    RejectedEventException(Rejection rejection) {
        super(rejection.reason() + " in " + rejection.field(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}

package id.cakupan.producers.profiles;

/** A profile is not in its form. The message names the profile and the place. */
public final class ProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    ProfileException(String message) {
        super(message);
    }
}

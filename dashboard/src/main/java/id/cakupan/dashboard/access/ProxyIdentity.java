package id.cakupan.dashboard.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom the login proxy names. Its headers are believed only beside its secret; without, a request that carries one of them is
 * a forgery. Each header may stand once, so that nobody can add a second one to what the proxy sends.
 */
final class ProxyIdentity {
    private static final int SHORTEST_SECRET = 32;
    private static final int LONGEST_GROUPS = 8000;

    /**
     * Names of headers and groups.
     *
     * @param secret header with the proxy's secret
     * @param user header with the name of the account
     * @param groups header with its groups, with commas
     * @param contractor header with the id of its contractor
     * @param officials group of officials
     * @param contractors how groups of contractors begin
     */
    record Names(String secret, String user, String groups, String contractor, String officials, String contractors) {}

    private final byte[] secret;
    private final Names names;

    ProxyIdentity(byte[] secret, Names names) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("A secret has " + SHORTEST_SECRET + " characters or more");
        }
        this.secret = secret.clone();
        this.names = names;
    }

    /**
     * Reads a secret without the white space around it.
     *
     * @throws IllegalArgumentException if the file is open to others; for people
     */
    static byte[] secret(Path file) throws IOException {
        if (!UsersFile.isOwnerOnly(file)) {
            throw new IllegalArgumentException(
                    "The proxy secret file " + file + " is open to other users; run: chmod 600 " + file);
        }
        return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    }

    /** Who asks. */
    Principal identify(AccessRequest request) throws RefusedException {
        List<String> secrets = request.headers(names.secret());
        List<String> users = request.headers(names.user());
        List<String> groups = request.headers(names.groups());
        List<String> contractors = request.headers(names.contractor());
        if (!isSecret(secrets)) {
            boolean says = !secrets.isEmpty() || !users.isEmpty() || !groups.isEmpty() || !contractors.isEmpty();
            throw new RefusedException(says ? Refusal.FORGED_IDENTITY : Refusal.NOT_LOGGED_IN);
        }
        if (users.size() > 1 || groups.size() > 1 || contractors.size() > 1) {
            throw new RefusedException(Refusal.AMBIGUOUS_IDENTITY);
        }
        String user = only(users);
        if (user.isEmpty()) {
            throw new RefusedException(Refusal.NOT_LOGGED_IN);
        }
        return principal(user, only(groups), only(contractors));
    }

    /** All are compared, in constant time; only one may stand there. */
    private boolean isSecret(List<String> secrets) {
        boolean equal = !secrets.isEmpty();
        for (String sent : secrets) {
            equal &= MessageDigest.isEqual(secret, sent.getBytes(StandardCharsets.UTF_8));
        }
        return equal && secrets.size() == 1;
    }

    private static String only(List<String> values) {
        return values.isEmpty() ? "" : values.get(0).strip();
    }

    private Principal principal(String user, String groups, String contractor) throws RefusedException {
        if (groups.length() > LONGEST_GROUPS) {
            throw new RefusedException(Refusal.AMBIGUOUS_IDENTITY);
        }
        List<String> member =
                Arrays.stream(groups.split(",", -1)).map(String::strip).toList();
        Set<String> contractors = new TreeSet<>();
        if (!contractor.isEmpty()) {
            contractors.add(contractor);
        }
        member.stream()
                .filter(group -> group.startsWith(names.contractors()))
                .map(group -> group.substring(names.contractors().length()))
                .forEach(contractors::add);
        boolean official = member.contains(names.officials());
        if (contractors.size() + (official ? 1 : 0) > 1) {
            throw new RefusedException(Refusal.AMBIGUOUS_IDENTITY);
        }
        if (!official && contractors.isEmpty()) {
            throw new RefusedException(Refusal.NO_ROLE);
        }
        try {
            return official
                    ? new Principal(user, Role.OFFICIAL, null)
                    : new Principal(
                            user, Role.CONTRACTOR, contractors.iterator().next());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.AMBIGUOUS_IDENTITY);
        }
    }
}

package id.cakupan.dashboard.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Counts what each network has of something, so that none takes it all. */
final class Shares {
    private final int most;
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param most of one network at once */
    Shares(int most) {
        this.most = most;
    }

    /**
     * Takes one, if there is one left; whoever gets one gives it back.
     *
     * @param network of the caller; null = this machine, which has no limit
     */
    boolean take(@Nullable String network) {
        if (network == null) {
            return true;
        }
        boolean[] got = new boolean[1];
        taken.compute(network, (key, before) -> {
            int present = before == null ? 0 : before;
            got[0] = present < most;
            return got[0] ? Integer.valueOf(present + 1) : before;
        });
        return got[0];
    }

    /** Gives one back. */
    void giveBack(@Nullable String network) {
        if (network != null) {
            taken.computeIfPresent(network, (key, before) -> before == 1 ? null : Integer.valueOf(before - 1));
        }
    }
}

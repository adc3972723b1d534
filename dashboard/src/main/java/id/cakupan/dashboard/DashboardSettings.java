package id.cakupan.dashboard;

import id.cakupan.dashboard.access.AccessSettings;
import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.Setting;
import java.util.ArrayList;
import java.util.List;

/** The settings of the dashboard. */
public final class DashboardSettings {
    public static final Setting<String> HOST = Setting.of(
            "dashboard-host",
            String.class,
            "127.0.0.1",
            "Address on which the dashboard is served; it speaks plain HTTP, so TLS ends before it");
    public static final Setting<Integer> PORT = Setting.of(
                    "dashboard-port", Integer.class, "8090", "Port of the dashboard, 0 to 65535; 0 = any free one")
            .where(n -> n >= 0 && n <= 65535);

    public static final Setting<Integer> MOST_STREAMS = Setting.of(
                    "most-streams",
                    Integer.class,
                    "500",
                    "Most open pages that the dashboard keeps up to date at once, 1 to 10000")
            .where(n -> n >= 1 && n <= 10_000);
    public static final Setting<Integer> MOST_STREAMS_PER_ADDRESS = Setting.of(
                    "most-streams-per-address",
                    Integer.class,
                    "125",
                    "Most of them from one address, of IPv6 from a /64, 1 to 10000; this machine has no such limit, and callers"
                            + " behind a proxy that proxy-addresses names are told apart")
            .where(n -> n >= 1 && n <= 10_000);
    public static final Setting<Boolean> SIMULATED = Setting.of(
            "simulated",
            Boolean.class,
            "false",
            "Say on every page and download of the dashboard that the data are invented, also when no event says so");

    /** All that the dashboard needs. */
    public static final List<Setting<?>> ALL = all();

    private DashboardSettings() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> settings = new ArrayList<>(CommonSettings.CLUSTER);
        settings.add(CommonSettings.ZONE);
        settings.add(HOST);
        settings.add(PORT);
        settings.add(MOST_STREAMS);
        settings.add(MOST_STREAMS_PER_ADDRESS);
        settings.add(SIMULATED);
        settings.addAll(AccessSettings.ALL);
        return List.copyOf(settings);
    }
}

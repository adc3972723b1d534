package id.cakupan.dashboard.board;

import java.util.Map;

/** A value and the stamp of the event that said it. */
record Stamped<V>(Stamp stamp, V value) {
    /** Puts a value unless a later one stands there. Returns whether it did. */
    static <V> boolean merge(Map<String, Stamped<V>> map, String key, Stamped<V> offered) {
        Stamped<V> present = map.get(key);
        if (present != null && present.stamp().compareTo(offered.stamp()) > 0) {
            return false;
        }
        map.put(key, offered);
        return true;
    }
}

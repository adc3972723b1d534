package id.cakupan.runtime;

import java.util.List;

/** Settings are wrong; holds every fault found, not only the first. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** One line for people per fault. */
    public SettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** One line for people per fault. */
    public List<String> faults() {
        return faults;
    }
}

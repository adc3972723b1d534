package id.cakupan.producers;

import id.cakupan.runtime.Setting;
import java.nio.file.Path;

/** Settings of the producers. */
public final class ProducerSettings {
    public static final Setting<Path> KEY_FILE = Setting.of(
            "key-file",
            Path.class,
            "~/.config/cakupan/pseudonym.key",
            "File with the secret key that pseudonyms are made with; ~ is the home folder");

    private ProducerSettings() {}
}

package id.cakupan.runtime.commands;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.KafkaClients;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicProvisioning;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** Creates and checks topics on behalf of several commands. */
final class Provisioning {
    /** Settings of every command that uses this. */
    static final List<Setting<?>> SETTINGS = settings();

    private Provisioning() {}

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(CommonSettings.CLUSTER);
        all.add(CommonSettings.PARTITIONS);
        all.add(CommonSettings.REPLICATION);
        return List.copyOf(all);
    }

    /** Creates what is missing, prints it, and returns lines about what differs now. */
    static List<String> create(Settings settings, PrintWriter out) throws InterruptedException {
        try (Admin admin = KafkaClients.admin(settings)) {
            TopicProvisioning topics = new TopicProvisioning(settings, admin);
            List<String> created = topics.create();
            created.forEach(name -> out.println("created " + name));
            int planned = TopicProvisioning.publicTopics(settings).size();
            out.println("topics: " + created.size() + " created, " + (planned - created.size()) + " were there");
            return topics.check();
        }
    }

    /** Lines for people about what differs. */
    static List<String> check(Settings settings) throws InterruptedException {
        try (Admin admin = KafkaClients.admin(settings)) {
            return new TopicProvisioning(settings, admin).check();
        }
    }
}

package id.cakupan.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans only; what a broker makes of them is in the system tests. */
class TopicProvisioningTest {
    private static Map<String, TopicProvisioning.Plan> plans(Map<String, String> flags) throws SettingsException {
        Settings settings = Settings.of(
                List.of(CommonSettings.TOPIC_PREFIX, CommonSettings.PARTITIONS, CommonSettings.REPLICATION), flags);
        return TopicProvisioning.publicTopics(settings).stream()
                .collect(java.util.stream.Collectors.toMap(TopicProvisioning.Plan::name, plan -> plan));
    }

    @Test
    void shouldPlanEveryTopicWithUnlimitedRetentionAndOneNumberOfPartitions() throws Exception {
        Map<String, TopicProvisioning.Plan> plans = plans(Map.of("topic-prefix", "t.", "partitions", "6"));
        assertThat(plans).hasSize(Topics.ALL.size() + 1).containsKey("t.dead-letters");
        assertThat(plans.values()).allSatisfy(plan -> {
            assertThat(plan.partitions()).isEqualTo(6);
            assertThat(plan.config()).containsEntry("retention.ms", "-1").containsEntry("retention.bytes", "-1");
        });
    }

    @Test
    void shouldCompactOutputsAndKeepEveryEvent() throws Exception {
        Map<String, TopicProvisioning.Plan> plans = plans(Map.of("topic-prefix", "t."));
        Topics.EVENTS.forEach(topic -> assertPolicy(plans, topic.name("t."), "delete"));
        Topics.OUTPUTS.forEach(topic -> assertPolicy(plans, topic.name("t."), "compact"));
        assertPolicy(plans, "t.dead-letters", "delete");
    }

    private static void assertPolicy(Map<String, TopicProvisioning.Plan> plans, String name, String policy) {
        assertThat(plans)
                .hasEntrySatisfying(name, plan -> assertThat(plan.config()).containsEntry("cleanup.policy", policy));
    }

    @Test
    void shouldSurviveTheLossOfABrokerWhereThereAreCopies() throws Exception {
        assertThat(plans(Map.of("replication", "3")).values()).allSatisfy(plan -> {
            assertThat(plan.replication()).isEqualTo((short) 3);
            assertThat(plan.config()).containsEntry("min.insync.replicas", "2");
        });
        assertThat(plans(Map.of()).values())
                .allSatisfy(plan -> assertThat(plan.config()).containsEntry("min.insync.replicas", "1"));
    }
}

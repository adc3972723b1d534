package id.cakupan.runtime;

import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Where log lines go: always to standard error, so that standard output holds nothing but data. */
public final class Logs {
    /** Importance of a log line. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** Shape of a log line. */
    public enum Format {
        /** One readable line. */
        TEXT,
        /** One JSON object a line, with the field names of the Elastic Common Schema. */
        JSON
    }

    private static final String TEXT_PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{1} - %msg%n%throwable";
    private static final String JSON_TEMPLATE = "classpath:EcsLayout.json";
    private static final String[] LIBRARIES = {
        "org.apache.kafka", "io.confluent", "org.apache.avro", "org.rocksdb", "kafka", "state.change.logger"
    };

    /** They warn at every attempt to connect; whoever asked for quiet libraries tells of the failure in one line instead. */
    private static final String[] CONNECTING = {
        "org.apache.kafka.clients.NetworkClient", "io.confluent.kafka.schemaregistry.client.rest.RestService"
    };

    /** They warn of what is in order: a handler that only concerns global stores, too few instances for warm copies, a transaction that is about to end. */
    private static final String[] NEEDLESS = {
        "org.apache.kafka.streams.StreamsConfig",
        "org.apache.kafka.streams.processor.internals.assignment.DefaultStandbyTaskAssignor",
        "org.apache.kafka.clients.admin.internals.ListConsumerGroupOffsetsHandler",
        "org.apache.kafka.clients.producer.internals.Sender"
    };

    /** Its less important lines may quote requests, with their keys and addresses. */
    private static final String HTTP_SERVER = "org.eclipse.jetty";

    /** Who looked at rows of single people and who decided what: no level turns it off. */
    private static final String AUDIT = "audit";

    private Logs() {}

    /**
     * Sets logging for the whole process; the last call wins.
     *
     * @param level least important lines of our own
     * @param libraries least important lines of Kafka and other libraries, where {@code level} is not stricter
     * @param format shape of a line
     */
    public static void configure(Level level, Level libraries, Format format) {
        ConfigurationBuilder<BuiltConfiguration> config = ConfigurationBuilderFactory.newConfigurationBuilder();
        config.setConfigurationName("cakupan");
        AppenderComponentBuilder stderr = config.newAppender("stderr", "Console")
                .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
                .addAttribute("follow", true);
        stderr.add(layout(config, format));
        config.add(stderr);
        config.add(config.newRootLogger(level.name()).add(config.newAppenderRef("stderr")));
        Level quieter = level.compareTo(libraries) < 0 ? level : libraries;
        for (String library : LIBRARIES) {
            config.add(config.newLogger(library, quieter.name()));
        }
        config.add(config.newLogger(HTTP_SERVER, Level.ERROR.name()));
        config.add(config.newLogger(AUDIT, Level.INFO.name()));
        if (libraries.compareTo(Level.WARN) <= 0) {
            for (String logger : CONNECTING) {
                config.add(config.newLogger(logger, Level.ERROR.name()));
            }
            for (String logger : NEEDLESS) {
                config.add(config.newLogger(logger, Level.ERROR.name()));
            }
        }
        Configurator.reconfigure(config.build());
    }

    private static LayoutComponentBuilder layout(ConfigurationBuilder<?> config, Format format) {
        return format == Format.JSON
                ? config.newLayout("JsonTemplateLayout").addAttribute("eventTemplateUri", JSON_TEMPLATE)
                : config.newLayout("PatternLayout").addAttribute("pattern", TEXT_PATTERN);
    }
}

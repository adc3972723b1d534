package id.cakupan.system;

import id.cakupan.localstack.LocalBroker;
import id.cakupan.localstack.LocalRegistry;
import id.cakupan.localstack.LocalStack;
import id.cakupan.schemas.AvroSerdes;
import id.cakupan.schemas.RegistryClients;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The broker and the registry that all tests of this process share. Tests take it as a parameter. */
final class Cluster implements AutoCloseable {
    /** Starts the cluster for the first test that asks, stops it after the last test of all. */
    static final class Shared implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Cluster.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Cluster.class, type -> new Cluster(null), Cluster.class);
        }
    }

    private final LocalStack stack;
    private final String bootstrap;
    private final SchemaRegistryClient registryClient;

    private Cluster(@Nullable Path data) {
        stack = LocalStack.start(new LocalStack.Options(
                0, 0, data, null, Map.of("log.cleaner.backoff.ms", String.valueOf(Long.MAX_VALUE / 2))));
        bootstrap = stack.bootstrap();
        registryClient = RegistryClients.create(stack.registryUrl());
    }

    private Cluster(Cluster other, String bootstrap) {
        stack = other.stack;
        registryClient = other.registryClient;
        this.bootstrap = bootstrap;
    }

    /** Starts a cluster of its own, whose files stay in a folder when it has ended. */
    static Cluster start(Path data) {
        return new Cluster(data);
    }

    /** The same registry with another broker, which the test stops and starts. Not to be closed. */
    Cluster withBroker(LocalBroker broker) {
        return new Cluster(this, broker.bootstrap());
    }

    /** Host and port of the broker. */
    String bootstrap() {
        return bootstrap;
    }

    /** Address of the registry. */
    String registryUrl() {
        return stack.registryUrl();
    }

    /** The registry, to be stopped and started. */
    LocalRegistry registry() {
        return stack.registry();
    }

    /** A client of the registry. */
    SchemaRegistryClient registryClient() {
        return registryClient;
    }

    /** Serdes of the tests themselves. */
    AvroSerdes serdes() {
        return new AvroSerdes(registryClient);
    }

    @Override
    public void close() throws IOException {
        try (stack) {
            registryClient.close();
        }
    }
}

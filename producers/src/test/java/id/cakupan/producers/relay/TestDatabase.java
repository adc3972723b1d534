package id.cakupan.producers.relay;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real PostgreSQL server in processes of its own, which can be killed and started again with its data. */
public final class TestDatabase implements AutoCloseable {
    /** Role of a project system: may write events and nothing else. */
    public static final String WRITER = "project_system";

    /** Role of the relay. */
    public static final String RELAY = "cakupan_relay";

    private static final String OWNER = "postgres";

    private final Path folder;
    private final EmbeddedPostgres server;
    private int databases;

    private TestDatabase(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts a server with its data in a folder, which need not be there. */
    public static TestDatabase start(Path folder) throws IOException {
        return new TestDatabase(
                folder,
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("data"))
                        .setOverrideWorkingDirectory(folder.resolve("program").toFile())
                        .setCleanDataDirectory(false)
                        // A server that was killed has all that it had committed.
                        .setServerConfig("synchronous_commit", "on")
                        .start());
    }

    /** Makes a database with an outbox, as docs/relay.md says. Returns its name. */
    public String newOutbox() throws SQLException, IOException {
        String name = "outbox" + databases++;
        execute(OWNER, OWNER, "create database " + name);
        execute(
                name,
                OWNER,
                RelayCommand.ddl(),
                "alter role cakupan_relay login",
                "do $$ begin if not exists (select from pg_roles where rolname = '" + WRITER + "') then create role "
                        + WRITER + " login in role cakupan_outbox_writer; end if; end $$");
        return name;
    }

    /** JDBC address of a database. */
    public String url(String name) {
        return url(name, port());
    }

    /** JDBC address of a database at another port, which leads to this server. */
    static String url(String name, int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /** Gives the relay's role a password, which it needs from now on to log into a database. Others still need none. */
    public void requirePassword(String name, String password) throws SQLException, IOException {
        execute(
                name,
                OWNER,
                // What PostgreSQL does by itself from version 14 on.
                "set password_encryption = 'scram-sha-256'",
                "alter role " + RELAY + " password '" + password + "'");
        Path rules = folder.resolve("data/pg_hba.conf");
        String rule = "host " + name + " " + RELAY + " 127.0.0.1/32 scram-sha-256\n";
        if (!Files.readString(rules).startsWith(rule)) {
            Files.writeString(rules, rule + Files.readString(rules));
            execute(name, OWNER, "select pg_reload_conf()");
        }
    }

    /** Ends the relay's connections to a database. */
    public void disconnectRelay(String name) throws SQLException {
        execute(
                name,
                OWNER,
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + RELAY
                        + "' and datname = current_database()");
    }

    /** A connection of the owner of all. */
    public Connection owner(String name) throws SQLException {
        return connect(name, OWNER);
    }

    /** A connection of a role. */
    public Connection connect(String name, String role) throws SQLException {
        return DriverManager.getConnection(url(name), role, "");
    }

    /** Runs statements, each in a transaction of its own. */
    public void execute(String name, String role, String... statements) throws SQLException {
        try (Connection connection = connect(name, role);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** First column of the first row, as the owner sees it. */
    public String value(String name, String sql) throws SQLException {
        try (Connection connection = owner(name);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    /** Ends the server and all its processes at once, as kill -9 does. */
    public void kill() throws IOException, InterruptedException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : children) {
            await(process);
        }
        await(postmaster);
    }

    private static void await(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A process of the server does not end", e);
        }
    }

    /** Starts the server that was killed, with the options it had. */
    public void restart() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        String[] started =
                Files.readString(data.resolve("postmaster.opts")).strip().split(" ", 2);
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                Path.of(started[0]).resolveSibling("pg_ctl").toString(),
                "start",
                "-w",
                "-D",
                data.toString(),
                "-l",
                folder.resolve("restarted.log").toString(),
                "-o",
                started[1]));
        Process start = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("restart.log").toFile())
                .start();
        if (start.waitFor() != 0) {
            throw new IOException("The server does not start: " + Files.readString(folder.resolve("restart.log")));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package id.cakupan.dashboard.access;

import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import id.cakupan.runtime.commands.CommandGroup;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cakupan users}: who may log in to the dashboard. */
@Command(
        name = "users",
        description = "Who may log in to the dashboard, with --access users.",
        subcommands = {
            UsersCommand.Add.class,
            UsersCommand.Password.class,
            UsersCommand.Remove.class,
            UsersCommand.List.class
        })
public final class UsersCommand extends CommandGroup {
    /** What the subcommands share: the users file, and a fault of it in one line. */
    abstract static class OnUsersFile extends SettingsCommand {
        @Override
        protected final java.util.List<Setting<?>> settings() {
            return java.util.List.of(AccessSettings.USERS_FILE);
        }

        @Override
        protected final int run(Settings settings) throws IOException {
            try {
                run(UserFolders.expand(settings.get(AccessSettings.USERS_FILE)));
            } catch (UsersFile.UsersException | IllegalArgumentException e) {
                throw new FailedException(String.valueOf(e.getMessage()), e);
            }
            return ExitCodes.DONE;
        }

        abstract void run(Path file) throws IOException, UsersFile.UsersException;

        /** Typed twice at a terminal, unseen; else the first line of standard input. */
        final String readPassword() throws IOException {
            Console console = terminal();
            if (console == null) {
                String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
                if (line == null) {
                    throw new FailedException("The password is read from standard input, which is empty");
                }
                return line;
            }
            char[] first = typed(console, "Password: ");
            char[] again = typed(console, "Once more: ");
            try {
                if (!Arrays.equals(first, again)) {
                    throw new FailedException("That is not the same password twice");
                }
                return new String(first);
            } finally {
                Arrays.fill(first, ' ');
                Arrays.fill(again, ' ');
            }
        }

        /** From Java 22 on there is a console without a terminal too, and a method that tells. */
        @SuppressWarnings("SystemConsoleNull")
        private static @Nullable Console terminal() {
            Console console = System.console();
            if (console == null) {
                return null;
            }
            try {
                return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console)) ? console : null;
            } catch (ReflectiveOperationException e) {
                return console;
            }
        }

        private static char[] typed(Console console, String prompt) {
            char[] typed = console.readPassword(prompt);
            if (typed == null) {
                throw new FailedException("No password was typed");
            }
            return typed;
        }
    }

    /** What a new user may see. */
    static final class Rights {
        @Option(names = "--official", description = "Sees everything and decides on alerts")
        @SuppressWarnings("UnusedVariable") // whoever is no contractor
        private boolean official;

        @Option(
                names = "--contractor",
                paramLabel = "ID",
                description = "Sees only the hires of this contractor, such as npp:15070955")
        private @Nullable String contractor;
    }

    /** {@code cakupan users add}. */
    @Command(
            name = "add",
            description = {
                "Add a user. The password is typed, or read as a line from standard input; it is never a flag.",
                "Dashboards take it over within a second, without a restart."
            })
    public static final class Add extends OnUsersFile {
        @Parameters(paramLabel = "NAME", description = "Name to log in with")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @ArgGroup(multiplicity = "1")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Rights rights;

        @Override
        void run(Path file) throws IOException, UsersFile.UsersException {
            Principal principal = rights.contractor == null
                    ? new Principal(name, Role.OFFICIAL, null)
                    : new Principal(name, Role.CONTRACTOR, rights.contractor);
            UsersFile.add(file, principal, readPassword(), new SecureRandom(), Clock.systemUTC());
            out().println("User " + name + " may log in.");
        }
    }

    /** {@code cakupan users password}. */
    @Command(
            name = "password",
            description = "Give a user another password, read as 'users add' does; its sessions end within a second.")
    public static final class Password extends OnUsersFile {
        @Parameters(paramLabel = "NAME", description = "Name of the user")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        void run(Path file) throws IOException, UsersFile.UsersException {
            UsersFile.password(file, name, readPassword(), new SecureRandom(), Clock.systemUTC());
            out().println("User " + name + " has another password; its sessions end.");
        }
    }

    /** {@code cakupan users remove}. */
    @Command(name = "remove", description = "Take a user out; its sessions end within a second.")
    public static final class Remove extends OnUsersFile {
        @Parameters(paramLabel = "NAME", description = "Name of the user")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        @Override
        void run(Path file) throws IOException, UsersFile.UsersException {
            UsersFile.remove(file, name);
            out().println("User " + name + " is removed; its sessions end.");
        }
    }

    /** {@code cakupan users list}. */
    @Command(name = "list", description = "Show the users, and nothing of their passwords.")
    public static final class List extends OnUsersFile {
        @Override
        void run(Path file) throws IOException, UsersFile.UsersException {
            for (User user : UsersFile.read(file).users()) {
                String contractor = user.principal().contractorId();
                out().println(user.name() + "  "
                        + user.principal().role().name().toLowerCase(Locale.ROOT)
                        + (contractor == null ? "" : " of " + contractor) + "  password of " + user.changedAt());
            }
        }
    }
}

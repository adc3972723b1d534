package id.cakupan.producers.profiles;

import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.ContentHash;
import id.cakupan.publisher.PseudonymKeys;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the value of a field follows from the columns of a row. */
sealed interface Expression {
    /** What separates words. */
    Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /** Values of columns and other named values of one row; null = blank. */
    interface Values {
        /**
         * The value, or null.
         *
         * @throws BadEvent if what stands there cannot be read, or is asked of the register, which does not know it
         * @throws IOException if the key file cannot be read
         * @throws PseudonymKeys.KeyFileException if there is no usable key file
         */
        @Nullable
        String get(String name) throws BadEvent, IOException, PseudonymKeys.KeyFileException;

        /**
         * The id of the latest enrolment of a worker with an employer that began on a day or before it.
         *
         * @throws BadEvent if the register knows none, or cannot tell which
         * @throws IOException if the key file cannot be read
         * @throws PseudonymKeys.KeyFileException if there is no usable key file
         */
        String enrolment(String worker, String employer, LocalDate day, String nameOfDay)
                throws BadEvent, IOException, PseudonymKeys.KeyFileException;
    }

    /** The value, or null when there is none; it throws what {@link Values#get} throws. */
    @Nullable
    String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException;

    /** Names of the columns and values that it uses. */
    List<String> uses();

    /** Those of them whose value the result follows from, so that it could be found out. */
    default List<String> reveals() {
        return uses();
    }

    /** Text with {@code {name}} in it; nothing when one of the names is blank. */
    record Template(List<String> texts, List<String> names) implements Expression {
        static Template parse(String text) {
            List<String> texts = new ArrayList<>();
            List<String> names = new ArrayList<>();
            int at = 0;
            while (true) {
                int open = text.indexOf('{', at);
                int close = text.indexOf('}', open + 1);
                if (open < 0 || close < 0) {
                    texts.add(text.substring(at));
                    return new Template(List.copyOf(texts), List.copyOf(names));
                }
                texts.add(text.substring(at, open));
                names.add(text.substring(open + 1, close));
                at = close + 1;
            }
        }

        /** Whether it is one name and nothing else. */
        boolean isPlain() {
            return names.size() == 1 && texts.get(0).isEmpty() && texts.get(1).isEmpty();
        }

        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            if (isPlain()) {
                return values.get(names.get(0));
            }
            StringBuilder text = new StringBuilder(texts.get(0));
            for (int i = 0; i < names.size(); i++) {
                String value = values.get(names.get(i));
                if (value == null) {
                    return null;
                }
                text.append(value).append(texts.get(i + 1));
            }
            return text.toString();
        }

        @Override
        public List<String> uses() {
            return names;
        }
    }

    /** The first of several that has a value. */
    record First(List<Expression> choices) implements Expression {
        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            for (Expression choice : choices) {
                String value = choice.of(values);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }

        @Override
        public List<String> uses() {
            return choices.stream().flatMap(choice -> choice.uses().stream()).toList();
        }

        @Override
        public List<String> reveals() {
            return choices.stream().flatMap(choice -> choice.reveals().stream()).toList();
        }
    }

    /**
     * What a table says of a value, whatever its case; a value that the table lacks is refused.
     *
     * @param column where the value comes from
     */
    record Mapped(String column, Expression value, Map<String, String> table) implements Expression {
        Mapped(String column, Map<String, String> table) {
            this(column, Template.parse("{" + column + "}"), new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
            this.table.putAll(table);
        }

        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            String text = value.of(values);
            if (text == null) {
                return null;
            }
            String found = table.get(text.strip());
            if (found == null) {
                throw new BadEvent(BadEventReason.SYMBOL_UNKNOWN, column, "string");
            }
            return found;
        }

        @Override
        public List<String> uses() {
            return value.uses();
        }
    }

    /**
     * What belongs to the one word of a table that stands in a text; nothing when there is none, or words of several values.
     *
     * @param within words of the area that the table is about; empty = anywhere
     * @param areas words that show that a text names an area: then it must be one of {@code within}
     */
    record Containing(String column, Map<String, String> table, List<String> within, List<String> areas)
            implements Expression {
        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            String text = values.get(column);
            if (text == null) {
                return null;
            }
            String words = words(text);
            if (areas.stream().anyMatch(area -> hasWord(words, area))
                    && within.stream().noneMatch(area -> hasWord(words, area))) {
                return null;
            }
            String found = null;
            for (Map.Entry<String, String> entry : table.entrySet()) {
                if (hasWord(words, entry.getKey())) {
                    if (found != null && !found.equals(entry.getValue())) {
                        return null;
                    }
                    found = entry.getValue();
                }
            }
            return found;
        }

        @Override
        public List<String> uses() {
            return List.of(column);
        }

        private static String words(String text) {
            return " " + NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ") + " ";
        }

        private static boolean hasWord(String words, String word) {
            return words.contains(" " + word + " ");
        }
    }

    /** A text in which one of some words stands; nothing when none does. */
    record Naming(String column, List<String> anyOf) implements Expression {
        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            String text = values.get(column);
            if (text == null) {
                return null;
            }
            String words = Containing.words(text);
            return anyOf.stream().anyMatch(word -> Containing.hasWord(words, word)) ? text : null;
        }

        @Override
        public List<String> uses() {
            return List.of(column);
        }
    }

    /** One of two: the one where one of some words stands in a text, or the other. */
    record Choice(String column, List<String> anyOf, Expression then, Expression otherwise) implements Expression {
        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            boolean found = new Naming(column, anyOf).of(values) != null;
            return (found ? then : otherwise).of(values);
        }

        @Override
        public List<String> uses() {
            return Stream.of(List.of(column), then.uses(), otherwise.uses())
                    .flatMap(List::stream)
                    .toList();
        }

        @Override
        public List<String> reveals() {
            return Stream.of(List.of(column), then.reveals(), otherwise.reveals())
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** An id that follows from several values: a hash, the same for the same values; nothing when one is blank. */
    record Id(List<Expression> parts) implements Expression {
        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            StringBuilder content = new StringBuilder();
            for (Expression part : parts) {
                String value = part.of(values);
                if (value == null) {
                    return null;
                }
                content.append(value.length()).append(':').append(value).append('\n');
            }
            return "id-" + ContentHash.of(content.toString());
        }

        @Override
        public List<String> uses() {
            return parts.stream().flatMap(part -> part.uses().stream()).toList();
        }

        @Override
        public List<String> reveals() {
            return parts.stream().flatMap(part -> part.reveals().stream()).toList();
        }
    }

    /**
     * The id of an enrolment that the register knows: the latest of a worker that began on a day or before it; nothing when
     * one of the three is blank.
     *
     * @param worker name of the column or value that tells the worker
     * @param employer the one of the employer
     * @param day the one of the day
     */
    record EnrolmentOf(String worker, String employer, String day) implements Expression {
        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            String person = values.get(worker);
            String company = values.get(employer);
            String on = values.get(day);
            return person == null || company == null || on == null
                    ? null
                    : values.enrolment(person, company, LocalDate.parse(on), day);
        }

        @Override
        public List<String> uses() {
            return List.of(worker, employer, day);
        }

        @Override
        public List<String> reveals() {
            return List.of();
        }
    }

    /**
     * An amount without the value added tax (PPN) that it holds, whole rupiah, half up.
     *
     * @param amount column of the amount
     * @param day column of the day that decides about the rate; where it is blank there is no value
     * @param percentFrom rates in percent by the first day on which they hold
     */
    record WithoutTax(String amount, String day, TreeMap<LocalDate, BigDecimal> percentFrom) implements Expression {
        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        @Override
        public @Nullable String of(Values values) throws BadEvent, IOException, PseudonymKeys.KeyFileException {
            String gross = values.get(amount);
            String on = values.get(day);
            if (gross == null || on == null) {
                return null;
            }
            Map.Entry<LocalDate, BigDecimal> rate = percentFrom.floorEntry(LocalDate.parse(on));
            if (rate == null) {
                return gross;
            }
            return new BigDecimal(gross)
                    .multiply(HUNDRED)
                    .divide(HUNDRED.add(rate.getValue()), 0, RoundingMode.HALF_UP)
                    .toPlainString();
        }

        @Override
        public List<String> uses() {
            return List.of(amount, day);
        }
    }
}

package id.cakupan.dashboard.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** How numbers and days are written in CSV. */
public enum Form {
    /** Semicolons between cells, comma before decimals, days as dd/MM/yyyy: what a spreadsheet set to Indonesian reads. */
    ID(';', ',', "dd/MM/yyyy"),
    /** Commas between cells, point before decimals, days as yyyy-MM-dd. */
    INTERNATIONAL(',', '.', "yyyy-MM-dd");

    private static final int DECIMALS = 4;

    private final char separator;
    private final char decimal;
    private final DateTimeFormatter days;

    Form(char separator, char decimal, String days) {
        this.separator = separator;
        this.decimal = decimal;
        this.days = DateTimeFormatter.ofPattern(days);
    }

    char separator() {
        return separator;
    }

    String day(LocalDate day) {
        return days.format(day);
    }

    String number(Number number) {
        return number instanceof Double ratio
                ? BigDecimal.valueOf(ratio)
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .toString()
                        .replace('.', decimal)
                : number.toString();
    }
}

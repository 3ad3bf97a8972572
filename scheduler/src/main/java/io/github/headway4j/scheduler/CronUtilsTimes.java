// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cron texts as the library cron-utils reads them. It is asked for the times in UTC, where no clock is ever put forward
 * or back. The only class that touches the library, so that everything else works without it.
 */
final class CronUtilsTimes implements CronTimes {

    private static final int FIELDS = 5;
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    private static final Map<String, String> NAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    /** Last day, nearest workday, no certain day: what the cron of Unix does not know. */
    private static final Pattern SPECIAL_DAY = Pattern.compile(".*[LW?].*");

    /** Last or second such day of the month, no certain day. */
    private static final Pattern SPECIAL_WEEKDAY = Pattern.compile(".*(?:[#?].*|L)");

    private final ExecutionTime times;
    private final boolean interval;

    private CronUtilsTimes(ExecutionTime times, boolean interval) {
        this.times = times;
        this.interval = interval;
    }

    /**
     * Reads a cron text.
     *
     * @param text five fields (minute, hour, day of the month, month, day of the week), six with the second first, or a
     *     name
     * @return what it means
     * @throws IllegalArgumentException if it is none
     */
    static CronTimes parse(String text) {
        Objects.requireNonNull(text, "text");
        String given = text.trim();
        String meant = NAMES.getOrDefault(given.toLowerCase(Locale.ROOT), given);
        String[] fields = meant.split("\\s+", -1);
        boolean seconds = fields.length == FIELDS + 1;
        if (!seconds && fields.length != FIELDS) {
            throw unreadable(text, "it has " + fields.length + " fields", null);
        }
        int minute = seconds ? 1 : 0;
        boolean interval = fields[minute].startsWith("*") || fields[minute + 1].startsWith("*");
        boolean special = SPECIAL_DAY.matcher(fields[minute + DAY_OF_MONTH]).matches()
                || SPECIAL_WEEKDAY.matcher(fields[minute + DAY_OF_WEEK]).matches();
        try {
            if (seconds) {
                return new CronUtilsTimes(read(CronType.SPRING53, meant), interval);
            }
            ExecutionTime read = special ? read(CronType.SPRING53, "0 " + meant) : read(CronType.UNIX, meant);
            return new CronUtilsTimes(read, interval);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, String.valueOf(e.getMessage()), e);
        }
    }

    private static ExecutionTime read(CronType type, String text) {
        return ExecutionTime.forCron(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type)).parse(text));
    }

    private static IllegalArgumentException unreadable(
            String text, String why, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "cron(\"" + text + "\") cannot be read, " + why + ": expected five fields, minute, hour, day of the"
                        + " month, month and day of the week, or six with the second before them, or a name such as"
                        + " @daily, for example cron(\"30 10 * * MON-FRI\")",
                cause);
    }

    @Override
    public @Nullable LocalDateTime after(LocalDateTime time) {
        ZonedDateTime from = time.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC);
        return times.nextExecution(from).map(ZonedDateTime::toLocalDateTime).orElse(null);
    }

    @Override
    public boolean isInterval() {
        return interval;
    }
}

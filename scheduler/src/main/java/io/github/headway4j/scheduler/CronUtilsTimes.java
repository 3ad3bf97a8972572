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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cron texts as the library cron-utils reads them. It is asked for the times in UTC, where no clock is ever put forward
 * or back. The only class that touches the library, so that everything else works without it.
 */
final class CronUtilsTimes implements CronTimes {

    private static final int FIELDS = 5;

    private final ExecutionTime times;
    private final boolean interval;

    private CronUtilsTimes(ExecutionTime times, boolean interval) {
        this.times = times;
        this.interval = interval;
    }

    /**
     * Reads a cron text.
     *
     * @param text five fields (minute, hour, day of the month, month, day of the week), or six with the second first
     * @return what it means
     * @throws IllegalArgumentException if it is none
     */
    static CronTimes parse(String text) {
        Objects.requireNonNull(text, "text");
        String[] fields = text.trim().split("\\s+", -1);
        boolean seconds = fields.length == FIELDS + 1;
        if (!seconds && fields.length != FIELDS) {
            throw unreadable(text, "it has " + fields.length + " fields", null);
        }
        CronType type = seconds ? CronType.SPRING53 : CronType.UNIX;
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
        int minute = seconds ? 1 : 0;
        boolean interval = fields[minute].startsWith("*") || fields[minute + 1].startsWith("*");
        try {
            return new CronUtilsTimes(ExecutionTime.forCron(parser.parse(text.trim())), interval);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException unreadable(
            String text, String why, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "cron(\"" + text + "\") cannot be read, " + why + ": expected five fields, minute, hour, day of the month,"
                        + " month and day of the week, or six with the second before them, for example"
                        + " cron(\"30 10 * * MON-FRI\")",
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

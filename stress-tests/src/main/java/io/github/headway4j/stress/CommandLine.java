// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads options one after the other: {@code --name value} or {@code --name=value}. */
public final class CommandLine {

    private static final Pattern TIMES = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

    private final Deque<String> rest;
    private String option = "";

    /**
     * The given arguments.
     *
     * @param arguments the arguments of a {@code main} method, or some of them
     */
    public CommandLine(List<String> arguments) {
        this.rest = new ArrayDeque<>(arguments);
    }

    /**
     * Whether something is left to read.
     *
     * @return true if {@link #next()} has something to return
     */
    public boolean hasNext() {
        return !rest.isEmpty();
    }

    /**
     * The next option.
     *
     * @return its name with the dashes
     * @throws UsageException if the next argument is not an option
     */
    public String next() {
        String argument = rest.removeFirst();
        if (!argument.startsWith("-")) {
            throw new UsageException("unexpected argument '" + argument + "'");
        }
        int equals = argument.indexOf('=');
        if (argument.startsWith("--") && equals > 0) {
            rest.addFirst(argument.substring(equals + 1));
            argument = argument.substring(0, equals);
        }
        option = argument;
        return argument;
    }

    /**
     * The value of the option that was read last.
     *
     * @return the value
     * @throws UsageException if there is none
     */
    public String value() {
        String value = rest.pollFirst();
        if (value == null || value.isEmpty()) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    /**
     * The value of the option that was read last, as a positive time such as 90s, 5m, 1h30m.
     *
     * @return the time
     * @throws UsageException if there is none, or something else
     */
    public Duration time() {
        String value = value();
        Matcher m = TIMES.matcher(value.toLowerCase(Locale.ROOT));
        if (m.matches()) {
            Duration time = Duration.ofHours(number(m.group(1)))
                    .plusMinutes(number(m.group(2)))
                    .plusSeconds(number(m.group(3)));
            if (!time.isZero()) {
                return time;
            }
        }
        throw new UsageException(option + " is '" + value + "'; expected a time such as 90s, 5m, 1h30m");
    }

    /**
     * The value of the option that was read last, as a whole number.
     *
     * @return the number
     * @throws UsageException if there is none, or something else
     */
    public long number() {
        String value = value();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new UsageException(option + " is '" + value + "'; expected a whole number");
        }
    }

    /**
     * What to throw when the option that was read last is not known.
     *
     * @return the exception
     */
    public UsageException unknown() {
        return new UsageException("unknown option '" + option + "'");
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}

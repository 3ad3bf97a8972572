// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.primitives.WaitQueue;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cron texts mean, and what happens without the library that reads them. */
class JobCronTest {

    private final HandClock clock = new HandClock("Europe/Berlin", "2026-01-14 12:15");
    private final JobSchedule schedule = clock.schedule();

    /** The next times that a text means, by a clock that is never put forward or back. */
    private static String times(String text, int number) {
        CronTimes times = CronUtilsTimes.parse(text);
        List<String> found = new ArrayList<>();
        LocalDateTime time = LocalDateTime.parse("2026-01-14T12:15");
        for (int i = 0; i < number; i++) {
            time = Objects.requireNonNull(times.after(time));
            found.add(time.toString());
        }
        return String.join(" ", found);
    }

    /** Wednesday, 14 January 2026, a quarter past noon. */
    @ParameterizedTest
    @CsvSource({
        "30 10 * * *,            2026-01-15T10:30 2026-01-16T10:30",
        "15 12 * * *,            2026-01-15T12:15 2026-01-16T12:15",
        "*/20 * * * *,           2026-01-14T12:20 2026-01-14T12:40",
        "5-10/5 13 * * *,        2026-01-14T13:05 2026-01-14T13:10",
        "'0 9,18 * * *',         2026-01-14T18:00 2026-01-15T09:00",
        "30 10 * * MON-FRI,      2026-01-15T10:30 2026-01-16T10:30",
        "30 10 * * sat,          2026-01-17T10:30 2026-01-24T10:30",
        "0 0 * * 0,              2026-01-18T00:00 2026-01-25T00:00",
        "0 0 * * 7,              2026-01-18T00:00 2026-01-25T00:00",
        "0 0 1 JUN *,            2026-06-01T00:00 2027-06-01T00:00",
        "0 0 29 2 *,             2028-02-29T00:00 2032-02-29T00:00",
        "0 0 13 * FRI,           2026-01-16T00:00 2026-01-23T00:00",
        "0 0 0 13 * FRI,         2026-02-13T00:00 2026-03-13T00:00",
        "0 9 L * MON,            2026-08-31T09:00 2026-11-30T09:00",
        "15 30 10 * * *,         2026-01-15T10:30:15 2026-01-16T10:30:15",
        "*/30 15 12 * * *,       2026-01-14T12:15:30 2026-01-15T12:15",
        "0 0 9 * * MON,          2026-01-19T09:00 2026-01-26T09:00",
        "0 18 L * *,             2026-01-31T18:00 2026-02-28T18:00",
        "0 0 18 L * *,           2026-01-31T18:00 2026-02-28T18:00",
        "0 9 LW * *,             2026-01-30T09:00 2026-02-27T09:00",
        "0 9 15W * *,            2026-01-15T09:00 2026-02-16T09:00",
        "0 9 * * FRI#2,          2026-02-13T09:00 2026-03-13T09:00",
        "0 9 * * 5L,             2026-01-30T09:00 2026-02-27T09:00",
        "0 9 ? * MON,            2026-01-19T09:00 2026-01-26T09:00",
        "@hourly,                2026-01-14T13:00 2026-01-14T14:00",
        "@daily,                 2026-01-15T00:00 2026-01-16T00:00",
        "@midnight,              2026-01-15T00:00 2026-01-16T00:00",
        "@Weekly,                2026-01-18T00:00 2026-01-25T00:00",
        "@monthly,               2026-02-01T00:00 2026-03-01T00:00",
        "@yearly,                2027-01-01T00:00 2028-01-01T00:00",
        "@annually,              2027-01-01T00:00 2028-01-01T00:00",
        "'  30  10  *  *  *  ',  2026-01-15T10:30 2026-01-16T10:30",
    })
    void texts(String text, String expected) {
        assertThat(times(text, 2)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "* * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8",
                "a b c d e", "* * * * FOO", "0 0 0 0 0 0 0", "@never", "@", "60 0 0 * * *", "-1 * * * *", "5-1 * * *"
            })
    void textsThatAreNone_areRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.cron(text))
                .withMessageContaining("cron(\"" + text + "\")")
                .withMessageContaining("expected five fields")
                .withMessageContaining("30 10 * * MON-FRI");
        assertThat(schedule.jobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "* * * * *, true",
        "*/5 * * * *, true",
        "30 * * * *, true",
        "0 */2 * * *, true",
        "*/5 9 * * *, true",
        "0 30 * * * *, true",
        "@hourly, true",
        "30 2 * * *, false",
        "'0,30 2 * * *', false",
        "0 30 2 * * *, false",
        "*/10 30 2 * * *, false",
        "0 18 L * *, false",
        "@daily, false",
    })
    void intervals_areTextsThatBeginMinutesOrHoursWithAnAsterisk(String text, boolean interval) {
        assertThat(CronUtilsTimes.parse(text).isInterval()).isEqualTo(interval);
    }

    @Test
    void zoneAndPolicies_goWithCron() {
        clock.set("2026-10-24 12:00");
        Job job = schedule.cron("30 2 * * *")
                .in("America/New_York")
                .overlap(DstOverlap.SECOND)
                .named("report")
                .run(() -> {});
        assertThat(clock.next(job)).isEqualTo("2026-10-25 07:30");
        assertThat(job.toString()).startsWith("report: cron \"30 2 * * *\" in America/New_York (");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.cron("0 9 * * *").and("10:30"))
                .withMessageContaining("cron(\"0 9 * * *\")");
    }

    @Test
    void withoutTheLibrary_cronSaysWhatIsMissing_andAllElseWorks() throws Exception {
        URL[] places = {place(JobSchedule.class), place(WaitQueue.class)};
        try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(JobSchedule.class.getName());
            assertThat(type).isNotSameAs(JobSchedule.class);
            Object bare = type.getConstructor().newInstance();
            Object every = type.getMethod("every").invoke(bare);
            Object day = every.getClass().getMethod("day").invoke(every);
            day.getClass().getMethod("run", Runnable.class).invoke(day, (Runnable) () -> {});
            assertThat((List<?>) type.getMethod("jobs").invoke(bare)).hasSize(1);
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(InvocationTargetException.class)
                        .isThrownBy(() -> type.getMethod("cron", String.class).invoke(bare, "0 9 * * *"))
                        .havingCause()
                        .isInstanceOf(IllegalStateException.class)
                        .withMessageContaining("com.cronutils:cron-utils")
                        .withMessageContaining("expected on the module or class path");
            }
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.Python;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests of Python's {@code schedule} demand of schedules and jobs. Their times: PythonScheduleTimesTest. */
class PythonScheduleTest {

    private static final Runnable NOTHING = () -> {};

    private final HandClock clock = new HandClock("Europe/Berlin", "2010-01-06 12:15");
    private final JobSchedule schedule = clock.schedule();
    private final List<String> ran = new ArrayList<>();

    private Runnable noting(String name) {
        return () -> ran.add(name);
    }

    private String end(UnaryOperator<JobBuilder> until) {
        Job job = until.apply(schedule.every().minute()).run(NOTHING);
        return clock.local(job.until().orElseThrow());
    }

    @Test
    @Python("J8")
    void until_takesEachForm() {
        assertThat(end(job -> job.until(LocalDateTime.of(3000, 1, 1, 18, 30)))).isEqualTo("3000-01-01 18:30");
        assertThat(end(job -> job.until(LocalDateTime.of(3000, 1, 1, 18, 30).atZone(clock.zone))))
                .isEqualTo("3000-01-01 18:30");
        assertThat(end(job -> job.until(Duration.ofMinutes(90)))).isEqualTo("2010-01-06 13:45");
        assertThat(end(job -> job.until(clock.instant()))).isEqualTo("2010-01-06 12:15");
        assertThat(end(job -> job.until(LocalTime.of(18, 30)))).isEqualTo("2010-01-06 18:30");
    }

    @ParameterizedTest
    @Python("J8")
    @CsvSource({
        "2999-12-31 18:30:05, 2999-12-31 18:30:05",
        "2999-12-31 18:30,    2999-12-31 18:30",
        "2999-12-31,          2999-12-31 00:00",
        "18:30:05,            2010-01-06 18:30:05",
        "18:30,               2010-01-06 18:30",
    })
    void until_takesEachText(String text, String expected) {
        assertThat(end(job -> job.until(text))).isEqualTo(expected);
    }

    @Test
    @Python("J8")
    void until_localTimesAreThoseOfTheZoneOfTheJob_whateverTheOrder() {
        Job first = schedule.every()
                .day()
                .until("2010-02-01 12:00")
                .at("10:30", "America/New_York")
                .run(NOTHING);
        Job last = schedule.every()
                .day()
                .at("10:30", "America/New_York")
                .until("2010-02-01 12:00")
                .run(NOTHING);
        assertThat(clock.local(first.until().orElseThrow()))
                .isEqualTo(clock.local(last.until().orElseThrow()))
                .isEqualTo("2010-02-01 18:00");
    }

    @ParameterizedTest
    @Python("J8")
    @ValueSource(
            strings = {
                "",
                " ",
                "123",
                "-1",
                "2999-12",
                "2999-13-01",
                "2999-02-30",
                "01-01-3000",
                "2999-12-31 25:00",
                "25:00",
                "12:60",
                "18:30:61",
                "1:30",
                " 18:30",
                "18:30 ",
                "2999-12-3118:30",
                "2999-12-31T18:30",
                "tomorrow"
            })
    void until_refusesOtherTexts(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().day().until(text))
                .withMessageContaining("until(\"" + text + "\")")
                .withMessageContaining("expected")
                .withMessageContaining("for example");
    }

    @Test
    @Python("J8")
    void until_refusesThePast_andNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> end(job -> job.until("2009-12-31 18:30")))
                .withMessageContaining("2009-12-31 18:30")
                .withMessageContaining("2010-01-06T11:15:00Z")
                .withMessageContaining("for example");
        assertThatIllegalArgumentException().isThrownBy(() -> end(job -> job.until("12:14")));
        assertThatIllegalArgumentException().isThrownBy(() -> end(job -> job.until("2010-01-06")));
        assertThatIllegalArgumentException().isThrownBy(() -> end(job -> job.until(LocalTime.of(12, 14))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> end(job -> job.until(LocalDateTime.of(2010, 1, 6, 12, 14))));
        JobBuilder job = schedule.every().day();
        assertThatIllegalArgumentException().isThrownBy(() -> job.until(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.until(clock.instant().minusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.until(clock.instant().minusNanos(1).atZone(clock.zone)));
        assertThatNullPointerException().isThrownBy(() -> job.until((String) null));
        assertThat(schedule.jobs()).isEmpty();
    }

    @Test
    @Python("J8")
    void until_timeThatHasPassedHere_butNotInTheZoneOfTheJob_isAllowed() {
        Job job = schedule.every().hour().until("12:00").in("America/New_York").run(NOTHING);
        assertThat(clock.local(job.until().orElseThrow())).isEqualTo("2010-01-06 18:00");
    }

    @Test
    @Python("J8")
    void until_beyondTheCalendar_isForEver_orHasPassed() {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        Job job = schedule.every().hour().until(ever).run(NOTHING);
        assertThat(job.until()).contains(Instant.MAX);
        assertThat(job.toString()).contains("until " + Instant.MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().hour().until(ever.negated()))
                .withMessageContaining("until(" + ever.negated() + ")");
    }

    @Test
    @Python("J9")
    void until_lastRunTakesPlace_thenTheJobIsGone() {
        clock.set("2020-01-01 11:35:10");
        Job job = schedule.every(5).seconds().until(LocalTime.of(11, 35, 20)).run(noting("job"));
        clock.set("2020-01-01 11:35:15");
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(schedule.jobs()).containsExactly(job);
        clock.set("2020-01-01 11:35:20");
        assertThat(schedule.runAll()).isEqualTo(1);
        assertThat(schedule.jobs()).isEmpty();
        assertThat(job.isOver()).isTrue();
        assertThat(job.nextRun()).isEmpty();
        assertThat(job.runs()).isEqualTo(2);
        assertThat(job.missed()).isZero();
    }

    @Test
    @Python("J9")
    void until_jobWhoseTimeHasPassed_neverRuns() {
        clock.set("2020-01-01 11:35:10");
        Job job = schedule.every(5).seconds().until(Duration.ofSeconds(20)).run(noting("job"));
        clock.set("2020-01-01 11:35:31");
        assertThat(schedule.runPending()).isZero();
        assertThat(schedule.jobs()).isEmpty();
        assertThat(job.isOver()).isTrue();
        assertThat(job.missed()).isEqualTo(4);
        assertThat(ran).isEmpty();
    }

    @Test
    @Python("J17")
    void runPending_runsWhatIsDue_onceHoweverLate() {
        schedule.every().minute().run(noting("minute"));
        schedule.every().hour().run(noting("hour"));
        schedule.every().day().run(noting("day"));
        schedule.every().sunday().run(noting("sunday"));
        assertThat(schedule.runPending()).isZero();
        clock.set("2010-01-06 12:16");
        assertThat(schedule.runPending()).isEqualTo(1);
        clock.set("2010-01-06 13:16");
        assertThat(schedule.runPending()).isEqualTo(2);
        clock.set("2010-01-07 13:16");
        assertThat(schedule.runPending()).isEqualTo(3);
        clock.set("2010-01-10 13:16");
        ran.clear();
        assertThat(schedule.runPending()).isEqualTo(4);
        assertThat(ran).containsExactly("minute", "hour", "day", "sunday");
        assertThat(schedule.runPending()).isZero();
    }

    @Test
    @Python("J19")
    void runAll_runsEachJob_dueOrNot_inOrderOfRegistration() {
        schedule.every().sunday().run(noting("sunday"));
        schedule.every().minute().run(noting("minute"));
        schedule.every().day().at("10:30").run(noting("day"));
        assertThat(schedule.runAll()).isEqualTo(3);
        assertThat(ran).containsExactly("sunday", "minute", "day");
    }

    @Test
    @Python("J19")
    void runAll_pausesAfterEachJob() throws InterruptedException {
        schedule.every().minute().run(NOTHING);
        schedule.every().minute().run(NOTHING);
        assertThat(schedule.runAll(Duration.ofSeconds(3))).isEqualTo(2);
        assertThat(clock.sleeps).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    @Test
    @Python("J20")
    void arguments_areWhatTheFunctionCaptures() {
        String first = "1";
        int second = 2;
        schedule.every().second().run(() -> ran.add(first + second));
        schedule.runAll();
        assertThat(ran).containsExactly("12");
    }

    @Test
    @Python("J21")
    void jobThatReturnsCancel_isGone_otherJobsAreNot() {
        Job stays = schedule.every().second().run(() -> Job.CONTINUE);
        Job leaves = schedule.every().second().run(() -> Job.CANCEL);
        Job leavesToo = schedule.every().minute().run(() -> Job.CANCEL);
        assertThat(schedule.runAll()).isEqualTo(3);
        assertThat(schedule.jobs()).containsExactly(stays);
        assertThat(leaves.isOver()).isTrue();
        assertThat(leavesToo.isOver()).isTrue();
        assertThat(stays.isOver()).isFalse();
    }

    @Test
    @Python("J21")
    void jobThatReturnsCancel_whenDue() {
        schedule.every().second().run(() -> Job.CANCEL);
        schedule.every().second().run(() -> Job.CANCEL);
        clock.advance(Duration.ofSeconds(5));
        assertThat(schedule.runPending()).isEqualTo(2);
        assertThat(schedule.jobs()).isEmpty();
    }

    @Test
    @Python("J22")
    void cancel_takesTheJobOut_onceAndWithoutHarm() {
        Job first = schedule.every().second().run(noting("first"));
        Job second = schedule.every().second().run(noting("second"));
        assertThat(schedule.cancel(first)).isTrue();
        assertThat(schedule.cancel(first)).isFalse();
        assertThat(first.cancel()).isFalse();
        assertThat(schedule.jobs()).containsExactly(second);
        clock.advance(Duration.ofSeconds(2));
        schedule.runPending();
        assertThat(ran).containsExactly("second");
        assertThat(first.nextRun()).isEmpty();
    }

    @Test
    @Python("J22")
    void cancel_refusesTheJobOfAnotherSchedule() {
        Job foreign = clock.schedule().every().second().run(NOTHING);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.cancel(foreign))
                .withMessageContaining("every second");
        assertThat(foreign.isOver()).isFalse();
    }

    @Test
    @Python("J23")
    void tags_findJobs_andCancelThem() {
        Job first = schedule.every().second().tag("fast", "all").tag("all").run(NOTHING);
        Job second = schedule.every().minute().tag("all").run(NOTHING);
        Job third = schedule.every().hour().run(NOTHING);
        assertThat(first.tags()).containsExactlyInAnyOrder("fast", "all");
        assertThat(third.tags()).isEmpty();
        assertThat(schedule.jobs("all")).containsExactly(first, second);
        assertThat(schedule.jobs("none")).isEmpty();
        assertThat(schedule.nextRun("all")).isEqualTo(first.nextRun());
        assertThat(schedule.nextRun("none")).isEmpty();
        assertThat(schedule.cancel("fast")).isEqualTo(1);
        assertThat(schedule.nextRun("all")).isEqualTo(second.nextRun());
        assertThat(schedule.cancel("all")).isEqualTo(1);
        assertThat(schedule.cancel("all")).isZero();
        assertThat(schedule.jobs()).containsExactly(third);
        assertThat(schedule.cancelAll()).isEqualTo(1);
        assertThat(schedule.jobs()).isEmpty();
        assertThatNullPointerException().isThrownBy(() -> schedule.every().day().tag("a", null));
        assertThatNullPointerException().isThrownBy(() -> schedule.jobs(null));
    }

    @Test
    @Python("J24")
    void idle_isExact_negativeWhenLate_nothingWithoutJobs() {
        assertThat(schedule.idle()).isEmpty();
        assertThat(schedule.nextRun()).isEmpty();
        Job job = schedule.every().hour().run(NOTHING);
        schedule.every().day().run(NOTHING);
        assertThat(schedule.nextRun()).isEqualTo(job.nextRun());
        clock.advance(Duration.ofMillis(1_500));
        assertThat(schedule.idle()).contains(Duration.ofHours(1).minusMillis(1_500));
        clock.advance(Duration.ofHours(2));
        assertThat(schedule.idle()).contains(Duration.ofHours(-1).minusMillis(1_500));
        schedule.cancelAll();
        assertThat(schedule.idle()).isEmpty();
    }

    @Test
    @Python("J25")
    void sentenceWithoutRun_isNoJob() {
        schedule.every().minute().at(":10").tag("half");
        clock.advance(Duration.ofDays(1));
        assertThat(schedule.jobs()).isEmpty();
        assertThat(schedule.runPending()).isZero();
        assertThat(schedule.runAll()).isZero();
        assertThat(schedule.idle()).isEmpty();
    }

    @Test
    @Python("J26")
    void text_saysWhatTheUserSaid_andWhenItRuns() {
        Job job = schedule.every().day().at("00:00").named("report").run(NOTHING);
        assertThat(job)
                .hasToString("report: every day at 00:00 in Europe/Berlin (last run: never, next run:"
                        + " 2010-01-07T00:00+01:00[Europe/Berlin])");
        clock.set("2010-01-07 00:00");
        schedule.runPending();
        assertThat(job.toString())
                .contains("last run: 2010-01-07T00:00+01:00[Europe/Berlin], next run: 2010-01-08T00:00+01:00");
        job.cancel();
        assertThat(job.toString()).contains("next run: never");
    }

    @Test
    @Python("J26")
    void text_ofEachKindOfSentence() {
        assertThat(text(schedule.every().minute())).isEqualTo("every minute in Europe/Berlin");
        assertThat(text(schedule.every(2).hours().at(":30"))).isEqualTo("every 2 hours at :30 in Europe/Berlin");
        assertThat(text(schedule.every().hour().at("05:30"))).isEqualTo("every hour at 05:30 in Europe/Berlin");
        assertThat(text(schedule.every().minute().at(":17"))).isEqualTo("every minute at :17 in Europe/Berlin");
        assertThat(text(schedule.every().monday().at("13:15", "Asia/Tokyo")))
                .isEqualTo("every Monday at 13:15 in Asia/Tokyo");
        assertThat(text(schedule.every(5).to(10).days().at("10:30:05")))
                .isEqualTo("every 5 to 10 days at 10:30:05 in Europe/Berlin");
        assertThat(text(schedule.every(3).weeks().until("2010-12-31")))
                .isEqualTo("every 3 weeks in Europe/Berlin until 2010-12-31T00:00+01:00[Europe/Berlin]");
        assertThat(schedule.every().hour().tag("a").run(NOTHING).toString()).endsWith(") [a]");
    }

    private static String text(JobBuilder sentence) {
        String text = sentence.run(NOTHING).toString();
        return text.substring("job: ".length(), text.indexOf(" (last run"));
    }
}

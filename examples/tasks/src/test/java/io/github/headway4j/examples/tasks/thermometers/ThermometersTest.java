// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.queues.QueueShutdownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ThermometersTest {
    private static final int RACKS = 6;
    private static final int SECONDS = 60;
    private static final Nap AT_ONCE = seconds -> {};

    @Test
    void rx_alarmKeepsTheRacksCool_theSameEachTime() {
        List<String> alarms = new ArrayList<>();
        ControlRoom.Report report = RxRacks.runAtOnce(Rack.racks(RACKS, 7), SECONDS, alarms::add);

        assertThat(report.readings()).isEqualTo((long) RACKS * SECONDS);
        assertThat(report.outOfOrder()).isZero();
        assertThat(report.hottest()).isBetween(Reading.LIMIT, Reading.LIMIT + 3);
        assertThat(report.alarms()).isEqualTo(alarms.size()).isGreaterThanOrEqualTo(RACKS);
        assertThat(report.mostBehind()).isZero();
        assertThat(report.hotAtLast()).isZero();
        assertThat(alarms.get(0)).matches("second [ \\d]\\d, rack \\d: 27\\.\\d degrees, cooling raised to 1");

        List<String> again = new ArrayList<>();
        assertThat(RxRacks.runAtOnce(Rack.racks(RACKS, 7), SECONDS, again::add)).isEqualTo(report);
        assertThat(again).isEqualTo(alarms);
    }

    @Test
    void rx_asTimeGoesBy_seesEveryReading() {
        List<String> alarms = Collections.synchronizedList(new ArrayList<>());
        ControlRoom.Report report = RxRacks.run(Rack.racks(RACKS, 7), SECONDS, Duration.ofMillis(2), alarms::add);

        assertThat(report.readings()).isEqualTo((long) RACKS * SECONDS);
        assertThat(report.outOfOrder()).isZero();
        assertThat(report.alarms()).isEqualTo(alarms.size()).isPositive();
    }

    @Test
    void rx_alarmThatFails_isTold() {
        AssertionError failure = new AssertionError("no voltage");
        assertThatThrownBy(() -> RxRacks.runAtOnce(Rack.racks(RACKS, 7), SECONDS, alarm -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    /** A reading is behind by those in the queue and the one that waits for room. */
    @RepeatedTest(20)
    void flow_noRackRunsAheadOfTheAlarm() throws Exception {
        int capacity = 3;
        List<String> alarms = Collections.synchronizedList(new ArrayList<>());
        FlowRacks.Result result = FlowRacks.run(Rack.racks(RACKS, 7), SECONDS, capacity, AT_ONCE, AT_ONCE, alarms::add);

        assertThat(result.report().readings()).isEqualTo((long) RACKS * SECONDS);
        assertThat(result.report().outOfOrder()).isZero();
        assertThat(result.report().mostBehind()).isLessThanOrEqualTo(capacity + 1);
        assertThat(result.report().hottest()).isLessThan(Reading.LIMIT + 9);
        assertThat(result.report().alarms()).isEqualTo(alarms.size()).isPositive();
        assertThat(result.mostInQueue()).isBetween(1, capacity);
    }

    /** The alarm reacts when all racks have measured everything: without a bound nothing keeps them from it. */
    @Test
    void flow_withoutBound_racksRunAhead() throws Exception {
        List<Rack> racks = Rack.racks(RACKS, 7);
        FlowRacks.Result result =
                FlowRacks.run(racks, SECONDS, FlowRacks.NO_BOUND, AT_ONCE, untilAllHaveMeasured(racks), alarm -> {});

        assertThat(result.report().mostBehind()).isEqualTo(SECONDS - 1);
        assertThat(result.mostInQueue()).isGreaterThan(RACKS * SECONDS / 2);
        assertThat(result.waits()).isZero();
        assertThat(result.report().hotAtLast()).isEqualTo(RACKS);
    }

    private static Nap untilAllHaveMeasured(List<Rack> racks) {
        return reading -> {
            while (racks.stream().anyMatch(rack -> rack.seconds() < SECONDS)) {
                Thread.sleep(1);
            }
        };
    }

    /** Who would only be told that the alarm is gone by a queue that stays full would wait for ever. */
    @Test
    void flow_alarmThatFails_freesTheRacks() {
        IllegalStateException failure = new IllegalStateException("no voltage");
        Nap failing = reading -> {
            throw failure;
        };
        assertThatThrownBy(() -> FlowRacks.run(Rack.racks(RACKS, 7), SECONDS, 2, AT_ONCE, failing, alarm -> {}))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(QueueShutdownException.class);
    }

    /** No rack is told, as all have measured everything by then: only the report can throw it. */
    @Test
    void flow_alarmThatFailsWithAnErrorAtTheEnd_isNotWaitedForForEver() {
        List<Rack> racks = Rack.racks(RACKS, 7);
        AssertionError failure = new AssertionError("no voltage");
        assertThatThrownBy(() -> FlowRacks.run(
                        racks, SECONDS, FlowRacks.NO_BOUND, AT_ONCE, untilAllHaveMeasured(racks), alarm -> {
                            throw failure;
                        }))
                .isSameAs(failure);
    }

    @Test
    void compare_boundedIsCooler() throws Exception {
        Thermometers.Result result = Thermometers.compare(RACKS, SECONDS, Duration.ofNanos(1));

        assertThat(result.rx().readings())
                .isEqualTo(result.bounded().readings())
                .isEqualTo(result.unbounded().readings())
                .isEqualTo((long) RACKS * SECONDS);
        assertThat(result.mostInQueue()).isLessThanOrEqualTo(Thermometers.CAPACITY);
        assertThat(result.bounded().mostBehind()).isLessThanOrEqualTo(Thermometers.CAPACITY + 1);
    }

    @Test
    void main_tellsAlarmsOfBothWays() throws Exception {
        List<String> lines = ProgramRun.linesOf(Thermometers.class, "5");

        assertThat(lines)
                .startsWith("with RxJava:")
                .contains("with Flow and a queue for 4 readings:")
                .filteredOn(line -> line.startsWith("120 readings, "))
                .hasSize(2);
        assertThat(lines).filteredOn(line -> line.contains("cooling raised")).hasSizeGreaterThan(4);
    }
}

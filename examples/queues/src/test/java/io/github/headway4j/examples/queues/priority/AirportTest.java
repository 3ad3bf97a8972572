// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.priority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.queues.Subscribers;
import io.github.headway4j.examples.queues.priority.Airport.Passenger;
import io.github.headway4j.examples.threads.ProgramRun;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AirportTest {
    private static final Comparator<Passenger> ORDER =
            Comparator.comparingInt(Passenger::priority).thenComparingInt(Passenger::number);

    @Test
    void run_severalOfOnePriority_areTakenInTheOrderOfTheirComing() throws InterruptedException {
        List<Passenger> passengers = List.of(
                new Passenger(0, 7),
                new Passenger(1, 2),
                new Passenger(2, 7),
                new Passenger(3, 2),
                new Passenger(4, 1));
        Subscribers.Result<Passenger> result = Airport.run(passengers, Airport.SUBSCRIBERS, seconds -> {}, call -> {});

        assertThat(result.items()).extracting(Passenger::number).containsExactly(4, 1, 3, 0, 2);
    }

    @Test
    void run_manyPassengers_areTakenByPriority() throws InterruptedException {
        List<Passenger> passengers = Airport.passengers(1_000, new Random(36));
        Subscribers.Result<Passenger> result = Airport.run(passengers, 4, seconds -> {}, call -> {});

        assertThat(passengers).allMatch(passenger -> passenger.priority() >= 1 && passenger.priority() <= 10);
        assertThat(result.items()).isEqualTo(passengers.stream().sorted(ORDER).toList());
        assertThat(result.doneAtJoin()).isEqualTo(1_000);
    }

    @Test
    void main_printsThePassengersByPriority() throws Exception {
        List<String> lines = ProgramRun.linesOf(Airport.class, "1");

        assertThat(lines).hasSize(11).last().isEqualTo("queue is empty");
        assertThat(lines.subList(0, 5)).allMatch(line -> line.matches("here comes passenger \\d of priority \\d+"));
        assertThat(lines.subList(5, 10))
                .allMatch(line -> line.matches("subscriber-[01] takes passenger \\d of priority \\d+"))
                .extracting(line -> Integer.valueOf(line.replaceAll(".*priority ", "")))
                .isSorted();
    }
}

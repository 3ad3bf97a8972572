// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

class BenchmarkSetsTest {
    static Stream<Row> rows() {
        return BenchmarkSets.all().stream();
    }

    @Test
    void names_listEverySet() {
        assertThat(BenchmarkSets.names())
                .containsExactly(
                        "uncontended",
                        "semaphore-unfair",
                        "semaphore-fair",
                        "mutex",
                        "hand-off",
                        "guarded",
                        "barrier",
                        "event",
                        "locked-set",
                        "primitives",
                        "fifo",
                        "lifo",
                        "priority",
                        "batches",
                        "queues",
                        "timers",
                        "simulation",
                        "scheduler",
                        "tasks",
                        "processes");
    }

    @Test
    void readme_namesEverySet() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Matcher list =
                Pattern.compile("(?s)^Sets: (.*?) for all", Pattern.MULTILINE).matcher(readme);
        assertThat(list.find()).isTrue();
        assertThat(Pattern.compile("`([a-z-]+)`")
                        .matcher(list.group(1))
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyElementsOf(BenchmarkSets.names());
    }

    @Test
    void find_set_returnsItsRows() {
        assertThat(BenchmarkSets.find("semaphore-unfair"))
                .hasSize(6)
                .allMatch(row -> row.name().startsWith("semaphore-unfair-bound"));
        assertThat(BenchmarkSets.find("primitives"))
                .hasSize(35)
                .doesNotContainAnyElementsOf(BenchmarkSets.find("queues"));
        assertThat(BenchmarkSets.find("queues"))
                .containsAll(BenchmarkSets.find("fifo"))
                .containsAll(BenchmarkSets.find("lifo"));
    }

    @Test
    void find_row_returnsThatRowAlone() {
        assertThat(BenchmarkSets.find("semaphore-fair-bound2-4t"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.threads()).isEqualTo(4);
                    assertThat(row.parameters()).isEqualTo(Map.of("bound", "2"));
                });
    }

    @Test
    void goalsOfTheSet_boundItFromBothPeers() {
        assertThat(BenchmarkSets.find("set-contains-1000-2t"))
                .flatMap(Row::goals)
                .containsExactly(Goal.of("HEADWAY", 0.8, "KEY_SET"), Goal.of("HEADWAY", 2.0, "SYNCHRONIZED_SET"));
        for (String threads : List.of("1t", "2t", "4t")) {
            assertThat(BenchmarkSets.find("set-writes10-1000-" + threads))
                    .flatMap(Row::goals)
                    .containsExactly(Goal.of("HEADWAY", 0.5, "KEY_SET"), Goal.of("HEADWAY", 1.0, "SYNCHRONIZED_SET"));
        }
    }

    @Test
    void goalsOfQueues_sayWhatAllRowsMustReach() {
        assertThat(BenchmarkSets.find("queues")).allSatisfy(row -> {
            assertThat(row.goals()).as(row.name()).isNotEmpty();
            assertThat(row.goals())
                    .as(row.name())
                    .anyMatch(goal -> !goal.cpuPeers().isEmpty());
        });
        assertThat(BenchmarkSets.find("fifo-4p4c")).flatMap(Row::goals).anyMatch(goal -> goal.slowest() > 0.3);
        assertThat(BenchmarkSets.find("priority"))
                .hasSize(12)
                .flatMap(Row::goals)
                .filteredOn(goal -> goal.ours().equals("HEADWAY_KEY"))
                .extracting(Goal::ratio)
                .containsExactly(1.3, 2.0, 1.2, 1.3, 2.0, 1.2, 1.3, 2.0, 1.2, 1.3, 2.0, 1.2);
    }

    @Test
    void goalsOfTheScheduler_sayWhatAllRowsMustReach() {
        assertThat(BenchmarkSets.find("scheduler"))
                .containsAll(BenchmarkSets.find("timers"))
                .containsAll(BenchmarkSets.find("simulation"))
                .allSatisfy(row -> assertThat(row.goals()).as(row.name()).isNotEmpty());
        assertThat(ratios("timers-cancelled-1t", "SCHEDULED_THREAD_POOL")).containsExactly(2.0);
        assertThat(ratios("timers-cancelled-1t", "NETTY_WHEEL")).containsExactly(1.0);
        assertThat(ratios("timers-cancelled-2t", "SCHEDULED_THREAD_POOL")).containsExactly(3.0);
        assertThat(ratios("timers-cancelled-2t", "NETTY_WHEEL")).containsExactly(0.8);
        assertThat(ratios("timers-all-cancelled", "SCHEDULED_THREAD_POOL")).containsExactly(3.0);
        assertThat(ratios("timers-all-cancelled", "NETTY_WHEEL")).containsExactly(1.0);
        assertThat(ratios("timers-all-due", "SCHEDULED_THREAD_POOL")).containsExactly(3.0);
        assertThat(ratios("simulation-1000", "PRIORITY_QUEUE")).containsExactly(1.0, 2.0);
        assertThat(ratios("simulation-100000", "PRIORITY_QUEUE")).containsExactly(1.0, 4.0);
        assertThat(ratios("simulation-1000000", "PRIORITY_QUEUE")).containsExactly(1.0, 3.0);
    }

    @Test
    void goalsOfTasks_sayWhatAllRowsMustReach() {
        assertThat(BenchmarkSets.find("tasks"))
                .allSatisfy(row -> assertThat(row.goals()).as(row.name()).isNotEmpty());
        assertThat(ratios("pool-submit", "FIXED_THREAD_POOL")).containsExactly(1.2);
        assertThat(ratios("pool-submit", "FORK_JOIN_POOL")).containsExactly(1.0);
        assertThat(ratios("pool-round-trip", "FIXED_THREAD_POOL")).containsExactly(1.5);
        assertThat(BenchmarkSets.find("pool-round-trip"))
                .flatMap(Row::goals)
                .noneMatch(goal -> goal.cpuPeers().isEmpty());
        assertThat(ratios("pool-map", "PARALLEL_STREAM")).containsExactly(1.0);
        assertThat(ratios("tasks-map-short", "MAP_CONCURRENT")).containsExactly(1.05);
        assertThat(ratios("tasks-map-some-slow", "INVOKE_ALL")).containsExactly(2.0);
        assertThat(ratios("scope-two-forks", "VIRTUAL_THREADS")).containsExactly(1.0);
        assertThat(ratios("scope-two-forks-virtual", "VIRTUAL_THREADS")).containsExactly(1.0);
    }

    @Test
    void goalsOfProcesses_sayWhatAllRowsMustReach() {
        assertThat(BenchmarkSets.find("processes"))
                .allSatisfy(row -> assertThat(row.goals()).as(row.name()).isNotEmpty());
        assertThat(ratios("process-pool-ready", "PLAIN_JVMS")).containsExactly(2.0);
        assertThat(ratios("process-map-chunk1", "PYTHON")).containsExactly(10.0);
        assertThat(ratios("process-map-chunk100", "PYTHON")).containsExactly(10.0);
        assertThat(ratios("shared-array", "MEMORY_COPY")).containsExactly(0.9);
        assertThat(ratios("command-nothing", "PROCESS_BUILDER")).containsExactly(1.0);
        assertThat(ratios("command-output", "PROCESS_BUILDER")).containsExactly(1.0);
    }

    @Test
    void olderJdks_doWithoutWhatTheyLack() {
        Row submit = BenchmarkSets.find("pool-submit").get(0);
        assertThat(BenchmarkSets.leastJdk(submit)).isEqualTo(17);
        assertThat(BenchmarkSets.implementationsOn(17, submit))
                .containsExactly("HEADWAY", "FIXED_THREAD_POOL", "FORK_JOIN_POOL");
        assertThat(BenchmarkSets.implementationsOn(21, submit)).isEqualTo(submit.implementations());
        assertThat(leastJdk("tasks-map-short")).isEqualTo(24);
        assertThat(leastJdk("tasks-map-some-slow")).isEqualTo(17);
        assertThat(leastJdk("scope-two-forks")).isEqualTo(21);
        assertThat(leastJdk("scope-two-forks-virtual")).isEqualTo(21);
        assertThat(leastJdk("fifo-virtual-pairs")).isEqualTo(21);
        assertThat(leastJdk("fifo-1t")).isEqualTo(17);
    }

    private static int leastJdk(String row) {
        return BenchmarkSets.leastJdk(BenchmarkSets.find(row).get(0));
    }

    private static List<Double> ratios(String row, String peer) {
        return BenchmarkSets.find(row).stream()
                .flatMap(each -> each.goals().stream())
                .filter(goal -> goal.peers().equals(List.of(peer)))
                .map(Goal::ratio)
                .toList();
    }

    @Test
    void find_unknownName_returnsNothing() {
        assertThat(BenchmarkSets.find("semaphores")).isEmpty();
    }

    @Test
    void rows_haveNamesOfTheirOwn() {
        assertThat(rows().map(Row::name)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(BenchmarkSets.names());
        assertThat(Survey.values())
                .extracting(Survey::title)
                .doesNotHaveDuplicates()
                .allMatch(title -> BenchmarkSets.find(title).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_namesABenchmarkAndItsImplementations(Row row) throws ReflectiveOperationException {
        String[] names = row.benchmark().split("\\.");
        Class<?> type = Class.forName(BenchmarkSets.class.getPackageName() + "." + names[0]);
        Field implementation = type.getDeclaredField(Row.IMPLEMENTATION);

        assertThat(type.getMethods())
                .anyMatch(method -> method.getName().equals(names[1]) && method.isAnnotationPresent(Benchmark.class));
        assertThat(Arrays.stream(implementation.getType().getEnumConstants()).map(Object::toString))
                .containsAll(row.implementations());
        assertThat(row.implementations()).anyMatch(name -> name.startsWith(Row.OURS));
        assertThat(row.implementations()).anyMatch(name -> !name.startsWith(Row.OURS));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_setsGoalsAmongItsImplementations(Row row) {
        List<String> ours = row.goals().stream().map(Goal::ours).toList();

        assertThat(row.goals().stream().map(goal -> goal.ours() + goal.peers())).doesNotHaveDuplicates();
        assertThat(row.implementations()).containsAll(ours);
        assertThat(row.goals()).allSatisfy(goal -> {
            assertThat(goal.ratio()).isPositive();
            assertThat(goal.peers()).isNotEmpty().isSubsetOf(row.implementations());
            assertThat(row.implementations())
                    .containsAnyElementsOf(goal.cpuPeers().isEmpty() ? goal.peers() : goal.cpuPeers());
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowOf_measurementsOfARow_findsItAgain(Row row) {
        for (String implementation : row.implementations()) {
            Map<String, String> parameters = new HashMap<>(row.parameters());
            parameters.put(Row.IMPLEMENTATION, implementation);
            parameters.put(Row.TOKENS, "55");

            assertThat(BenchmarkSets.rowOf("some.where." + row.benchmark(), parameters, row.threads()))
                    .contains(row);
        }
    }

    @Test
    void listing_namesSetsRowsAndImplementations() {
        assertThat(Benchmarks.listing())
                .contains(
                        "hand-off (1 row)",
                        "primitives (35 rows)",
                        "hand-off-round-trip: ",
                        "SYNCHRONOUS_QUEUE",
                        "timer-lateness: ");
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is not measured in operations. Each run has a JVM of its own, which prints its figures as one line of JSON. */
enum Survey {
    LATENESS(
            "timer-lateness",
            "how much later than planned actions begin, and what they cost: " + TimerLateness.ACTIONS
                    + " at random moments within " + TimerLateness.SECONDS + " s, in microseconds") {
        @Override
        List<Figure> figures() {
            String peer = TimerImplementation.SCHEDULED_THREAD_POOL.name();
            return List.of(
                    Figure.noMoreThan("p50", peer),
                    Figure.noMoreThan("p99", peer),
                    Figure.noMoreThan("max", peer),
                    Figure.of("CPU for each"),
                    Figure.of("others"));
        }

        @Override
        double[] measure(TimerImplementation implementation) throws InterruptedException {
            return TimerLateness.measure(implementation);
        }
    },
    MEMORY(
            "timer-memory",
            "bytes for each of " + TimerMemory.TIMERS
                    + " timers beside its action: while they wait, and after they have been cancelled") {
        @Override
        List<Figure> figures() {
            return List.of(Figure.atMost("waiting", 64), Figure.atMost("cancelled", 0));
        }

        @Override
        double[] measure(TimerImplementation implementation) throws InterruptedException {
            return TimerMemory.measure(implementation);
        }
    };

    static final String SURVEY = "survey";
    static final String FIGURES = "figures";

    private final String title;
    private final String words;

    Survey(String title, String words) {
        this.title = title;
        this.words = words;
    }

    /**
     * A figure and its goal: less is better.
     *
     * @param label what it is
     * @param most what ours may be: over the figure of the peer where there is one; NaN where there is no goal
     * @param peer who is the measure, or empty
     */
    record Figure(String label, double most, String peer) {
        static Figure of(String label) {
            return new Figure(label, Double.NaN, "");
        }

        static Figure noMoreThan(String label, String peer) {
            return new Figure(label, 1, peer);
        }

        static Figure atMost(String label, double most) {
            return new Figure(label, most, "");
        }
    }

    static Optional<Survey> find(String title) {
        return Arrays.stream(values())
                .filter(survey -> survey.title.equals(title))
                .findFirst();
    }

    /** Its name on the command line. */
    String title() {
        return title;
    }

    /** What is measured. */
    String words() {
        return words;
    }

    abstract List<Figure> figures();

    /** Measures once, in this JVM: as many numbers as there are figures. */
    abstract double[] measure(TimerImplementation implementation) throws InterruptedException;

    /** Measures once and prints. The arguments: title, implementation. */
    public static void main(String[] arguments) throws InterruptedException {
        Survey survey = find(arguments[0]).orElseThrow();
        TimerImplementation implementation = TimerImplementation.valueOf(arguments[1]);
        System.out.println(survey.entry(implementation.name(), survey.measure(implementation)));
    }

    /** What is kept of one run; the JVM is described as JMH does it. */
    JsonObject entry(String implementation, double... measured) {
        JsonObject entry = new JsonObject();
        entry.addProperty(SURVEY, title);
        entry.addProperty(Row.IMPLEMENTATION, implementation);
        entry.addProperty("vmName", System.getProperty("java.vm.name"));
        entry.addProperty("vmVersion", System.getProperty("java.vm.version"));
        JsonArray arguments = new JsonArray();
        ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(arguments::add);
        entry.add("jvmArgs", arguments);
        JsonObject named = new JsonObject();
        for (int i = 0; i < measured.length; i++) {
            named.addProperty(figures().get(i).label(), measured[i]);
        }
        entry.add(FIGURES, named);
        return entry;
    }
}

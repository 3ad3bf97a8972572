// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A reactive data centre. The thermometers of the racks stream temperatures; an alarm reacts when a rack is too hot and
 * does not get cooler by itself, and raises its cooling. Nobody asks the racks in a loop.
 *
 * <p>First with RxJava, then with the JDK's {@code Flow} and a bounded queue: the same, and no rack runs ahead of the
 * alarm.
 */
public final class Thermometers {
    /** How many readings there is room for between the racks and the alarm. */
    public static final int CAPACITY = 4;

    private static final int RACKS = 4;
    private static final int SECONDS = 30;
    private static final long SEED = 6;

    private Thermometers() {}

    /**
     * How the three ways fared.
     *
     * @param rx what was seen with RxJava in virtual time
     * @param bounded what was seen through a bounded queue
     * @param mostInQueue how many readings were in it at most
     * @param waits how many readings had to wait for room
     * @param unbounded what was seen through a queue without a bound
     * @param mostInUnbounded how many readings were in that one at most
     */
    public record Result(
            ControlRoom.Report rx,
            ControlRoom.Report bounded,
            int mostInQueue,
            long waits,
            ControlRoom.Report unbounded,
            int mostInUnbounded) {}

    /**
     * Runs the program as time goes by.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws Exception if the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        Duration second = Nap.second(args);
        Consumer<String> out = System.out::println;
        System.out.println("with RxJava:");
        print(RxRacks.run(Rack.racks(RACKS, SEED), SECONDS, second, out));
        System.out.println("with Flow and a queue for " + CAPACITY + " readings:");
        FlowRacks.Result flow =
                FlowRacks.run(Rack.racks(RACKS, SEED), SECONDS, CAPACITY, Nap.of(second), reaction -> {}, out);
        print(flow.report());
    }

    private static void print(ControlRoom.Report report) {
        System.out.printf(
                Locale.ROOT,
                "%d readings, %d of them too hot, the hottest of %.1f degrees; %d alarms; %d racks too hot at last%n",
                report.readings(),
                report.tooHot(),
                report.hottest(),
                report.alarms(),
                report.hotAtLast());
    }

    /**
     * Compares the ways, with racks that measure as fast as they can, and an alarm that takes a little time for each
     * reading.
     *
     * @param racks how many racks there are
     * @param seconds how often each measures
     * @param reaction how long the alarm takes for a reading
     * @return how they fared
     * @throws Exception if the caller is interrupted
     */
    public static Result compare(int racks, int seconds, Duration reaction) throws Exception {
        Nap busy = reading -> TimeUnit.NANOSECONDS.sleep(reaction.toNanos());
        Nap none = reading -> {};
        Consumer<String> silence = alarm -> {};
        ControlRoom.Report rx = RxRacks.runAtOnce(Rack.racks(racks, SEED), seconds, silence);
        FlowRacks.Result bounded = FlowRacks.run(Rack.racks(racks, SEED), seconds, CAPACITY, none, busy, silence);
        FlowRacks.Result unbounded =
                FlowRacks.run(Rack.racks(racks, SEED), seconds, FlowRacks.NO_BOUND, none, busy, silence);
        return new Result(
                rx,
                bounded.report(),
                bounded.mostInQueue(),
                bounded.waits(),
                unbounded.report(),
                unbounded.mostInQueue());
    }
}

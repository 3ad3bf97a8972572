// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import com.google.common.base.Throwables;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The data centre with RxJava: a stream of readings for each rack, merged into one, to which two subscribe: one keeps
 * the figures, the other one is the alarm. Both get each reading, one at a time, in a thread of the scheduler.
 *
 * <p>An {@code Observable} has no back-pressure: thermometers measure every second, whether somebody keeps pace or not.
 */
final class RxRacks {
    /** The figures and the alarm. */
    private static final int SUBSCRIBERS = 2;

    private final List<Rack> racks;
    private final int seconds;
    private final ControlRoom room;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private RxRacks(List<Rack> racks, int seconds, Consumer<String> out) {
        this.racks = racks;
        this.seconds = seconds;
        this.room = new ControlRoom(out);
    }

    /** Measures as time goes by. */
    static ControlRoom.Report run(List<Rack> racks, int seconds, Duration second, Consumer<String> out) {
        RxRacks program = new RxRacks(racks, seconds, out);
        Observable<Reading> readings =
                program.readings(second, Schedulers.computation()).publish().autoConnect(SUBSCRIBERS + 1);
        Disposable subscriptions = program.subscribeTo(readings);
        readings.blockingSubscribe(); // the last one to subscribe, and to be told that it is over
        subscriptions.dispose();
        return program.report();
    }

    /** Measures in virtual time, at once and always the same. */
    static ControlRoom.Report runAtOnce(List<Rack> racks, int seconds, Consumer<String> out) {
        RxRacks program = new RxRacks(racks, seconds, out);
        TestScheduler time = new TestScheduler();
        Observable<Reading> readings =
                program.readings(Duration.ofSeconds(1), time).publish().autoConnect(SUBSCRIBERS);
        Disposable subscriptions = program.subscribeTo(readings);
        time.advanceTimeBy(seconds, TimeUnit.SECONDS);
        subscriptions.dispose();
        return program.report();
    }

    private Observable<Reading> readings(Duration second, Scheduler scheduler) {
        return Observable.fromIterable(racks)
                .flatMap(rack -> Observable.interval(second.toNanos(), TimeUnit.NANOSECONDS, scheduler)
                        .take(seconds)
                        .map(tick -> rack.measure()));
    }

    private Disposable subscribeTo(Observable<Reading> readings) {
        Disposable figures = readings.subscribe(room::see, this::fail);
        Disposable alarm = readings.groupBy(Reading::rack)
                .flatMap(ofOneRack -> ofOneRack.buffer(2, 1))
                .filter(pair -> pair.size() == 2 && pair.get(1).isAlarmingAfter(pair.get(0)))
                .map(pair -> pair.get(1))
                .subscribe(room::raiseCooling, this::fail);
        return new CompositeDisposable(figures, alarm);
    }

    /** Called when one of the two fails; otherwise nobody would know but the handler of the program. */
    private void fail(Throwable thrown) {
        failure.compareAndSet(null, thrown);
    }

    private ControlRoom.Report report() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            Throwables.throwIfUnchecked(thrown);
            throw new IllegalStateException(thrown);
        }
        return room.report();
    }
}

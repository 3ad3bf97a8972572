// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import com.google.common.base.Throwables;
import io.github.headway4j.examples.threads.life.Nap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The alarm as a subscriber: it looks at one reading, reacts, and asks for the next one. */
final class AlarmSubscriber implements Flow.Subscriber<Reading> {
    private final ControlRoom room;
    private final Nap reaction;
    private final CompletableFuture<ControlRoom.Report> end = new CompletableFuture<>();

    /** Set once, before anything else is called. */
    private Flow.@Nullable Subscription subscription;

    AlarmSubscriber(ControlRoom room, Nap reaction) {
        this.room = room;
        this.reaction = reaction;
    }

    /** Waits until everything has been seen, and returns what it was; throws what the alarm failed with, if it has. */
    ControlRoom.Report report() throws Exception {
        try {
            return end.get();
        } catch (ExecutionException failed) {
            Throwable failure = Objects.requireNonNull(failed.getCause(), "cause");
            Throwables.throwIfInstanceOf(failure, Exception.class);
            Throwables.throwIfInstanceOf(failure, Error.class);
            throw failed;
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(Reading reading) {
        Flow.Subscription given = Objects.requireNonNull(subscription, "subscription");
        try {
            react(reading);
            given.request(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            given.cancel();
            onError(stopped);
        } catch (Throwable failure) { // errors too: whoever waits for the report would not be told
            given.cancel();
            onError(failure);
        }
    }

    private void react(Reading reading) throws InterruptedException {
        reaction.take(1);
        Reading before = room.see(reading);
        if (before != null && reading.isAlarmingAfter(before)) {
            room.raiseCooling(reading);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(room.report());
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import io.github.headway4j.examples.threads.life.Nap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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

    /** What was seen; there when everything has been seen. */
    CompletableFuture<ControlRoom.Report> end() {
        return end;
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
        } catch (RuntimeException failure) {
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

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;
import org.openjdk.jol.info.GraphLayout;

/** The memory that events and timeouts need, and where the word of the lock is. */
class SchedulerLayoutTest {

    /** What an event may need besides its action, with compressed references. */
    private static final int MOST_BYTES = 64;

    /** What a scheduler or timers may need besides that. */
    private static final long MOST_BYTES_EMPTY = 34L * 1024L;

    private static final int EVENTS = 1_000_000;

    /** Two cache lines, as processors fetch them in pairs. */
    private static final long APART = 128L;

    @Test
    void event_needsItsObject_andAPlaceInTheStore() {
        int event = (int) ClassLayout.parseClass(ScheduledEvent.class).instanceSize();
        BucketQueue<ScheduledEvent> store = new BucketQueue<>();
        EventScheduler scheduler = new EventScheduler(new VirtualTime());
        Runnable action = () -> {};
        List<ScheduledEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            ScheduledEvent each = new ScheduledEvent(scheduler, i * 1_000L, 1, action);
            store.insert(each);
            events.add(each);
        }
        double place = (double) store.capacity() / EVENTS * (2 * Long.BYTES + 4);
        assertThat(event + place).isLessThanOrEqualTo(1.05 * MOST_BYTES);
        events.forEach(store::remove);
        assertThat(store.capacity()).isEqualTo(new BucketQueue<>().capacity());
    }

    @Test
    void storeWithoutEvents_needsItsSlots() {
        long bytes = GraphLayout.parseInstance(new BucketQueue<>()).totalSize();
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES_EMPTY);
    }

    @Test
    void timeout_needsItsObject_andAPlaceInTheStore() {
        int timeout = (int) ClassLayout.parseClass(SingleTimeout.class).instanceSize();
        Timers timers = new Timers(TimerOptions.defaults().time(new VirtualTime()));
        Runnable action = () -> {};
        List<Timeout> timeouts = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            timeouts.add(timers.scheduleAtNanos(i * 1_000L, 0, action));
        }
        double place = (double) timers.core.store.capacity() / EVENTS * (2 * Long.BYTES + 4);
        assertThat(timeout + place).isLessThanOrEqualTo(1.05 * MOST_BYTES);
        timeouts.forEach(Timeout::cancel);
        assertThat(timers.core.store.capacity()).isEqualTo(new BucketQueue<>().capacity());
    }

    @Test
    void wordOfTheLock_isFarFromWhatComesBeforeAndAfterTheLock() {
        ClassLayout layout = ClassLayout.parseClass(ShortLock.class);
        FieldLayout word = layout.fields().stream()
                .filter(field -> field.name().equals("word"))
                .findFirst()
                .orElseThrow();
        assertThat(word.offset()).isGreaterThanOrEqualTo(APART);
        assertThat(layout.instanceSize() - word.offset()).isGreaterThanOrEqualTo(APART);
    }
}

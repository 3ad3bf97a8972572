// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.LockedSet;
import io.github.headway4j.primitives.Locks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Elements go in and out of a set alone, in pairs and within holds. The books: of each element, entries less exits is
 * whether it is there; and the two of a pair are always there together.
 */
@SuppressWarnings("try") // holds are for their scope
final class SetScenario implements Scenario {

    private static final int SINGLES = 300;
    private static final int PAIRS = 40;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    /** The element that is handed over between the two sets: it is always in one of them. */
    private static final int TOKEN = -1;

    private final LockedSet<Integer> set = new LockedSet<>();
    private final LockedSet<Integer> tray = new LockedSet<>();

    /** Per single element: entries less exits. */
    private final AtomicLongArray balance = new AtomicLongArray(SINGLES);

    private final AtomicLong halves = new AtomicLong();

    SetScenario() {
        tray.add(TOKEN);
    }

    @Override
    public String name() {
        return "locked set";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        int single = random.nextInt(SINGLES);
        int pair = SINGLES + 2 * random.nextInt(PAIRS);
        switch (random.nextInt(12)) {
            case 0, 1 -> count(single, set.add(single) ? 1 : 0);
            case 2, 3 -> count(single, set.remove(single) ? -1 : 0);
            case 4 -> set.addAll(List.of(pair, pair + 1));
            case 5 -> set.removeAll(List.of(pair, pair + 1));
            case 6 -> set.removeIf(element -> element >= SINGLES && (element - SINGLES) / 2 % 7 == single % 7);
            case 7 ->
                set.atomically(view -> {
                    boolean had = view.remove(pair);
                    Pause.brief(random);
                    return had ? view.remove(pair + 1) : view.add(pair) && view.add(pair + 1);
                });
            case 8 -> {
                try (Held held = set.holdInterruptibly()) {
                    move(single, random);
                }
            }
            case 9 -> {
                try (Held held = set.tryHold(Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS)))) {
                    if (held != null) {
                        move(single, random);
                    }
                }
            }
            case 10 -> {
                try (Held held = Locks.holdAll(set, tray)) {
                    LockedSet<Integer> from = set.contains(TOKEN) ? set : tray;
                    from.removeExisting(TOKEN);
                    Pause.brief(random);
                    (from == set ? tray : set).add(TOKEN);
                }
            }
            default -> look(set.snapshot());
        }
    }

    @Override
    public List<Ring> rings() {
        Loner.Turn turn = random -> {
            try (Held held = set.holdInterruptibly()) {
                move(random.nextInt(SINGLES), random);
            }
        };
        return List.of(new Loner(name(), turn), new Loner(name(), turn));
    }

    @Override
    public void check() {
        look(set);
        Scenario.expect("locked set, halves of pairs seen", 0, halves.get());
        Scenario.expect("locked set, holder", 0, set.isHeld() ? 1 : 0);
        Scenario.expect("locked set, waiting", 0, set.waiting());
        Scenario.expect("locked set, token", 1, (set.contains(TOKEN) ? 1 : 0) + (tray.contains(TOKEN) ? 1 : 0));
        for (int single = 0; single < SINGLES; single++) {
            Scenario.expect("locked set, element " + single, balance.get(single), set.contains(single) ? 1 : 0);
        }
        int counted = 0;
        for (Integer element : set) {
            counted += element == null ? 0 : 1;
        }
        Scenario.expect("locked set, elements", counted, set.size());
    }

    /** Takes an element out and puts it back, which nobody sees. */
    private void move(int single, SplittableRandom random) {
        if (set.remove(single)) {
            Pause.brief(random);
            set.add(single);
        }
    }

    private void count(int single, int change) {
        balance.addAndGet(single, change);
    }

    private void look(Set<Integer> elements) {
        for (int pair = SINGLES; pair < SINGLES + 2 * PAIRS; pair += 2) {
            if (elements.contains(pair) != elements.contains(pair + 1)) {
                halves.incrementAndGet();
            }
        }
    }
}

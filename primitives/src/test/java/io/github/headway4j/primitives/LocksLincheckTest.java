// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Taking several things at once under every interleaving that the model checker tries: no deadlock, no leak. */
class LocksLincheckTest {

    /** Two things, and how often each was used, which only its holder writes. */
    private static final class Forks {
        final SemaphoreParker parker = new SemaphoreParker();
        final Mutex left = new Mutex(parker);
        final BoundedSemaphore right = new BoundedSemaphore(1, true, parker);
        private int leftUses;
        private int rightUses;

        void useBoth(Held both) {
            leftUses++;
            rightUses++;
            both.close();
        }

        void useLeft(Held one) {
            leftUses++;
            one.close();
        }

        void expectUses(int ofLeft, int ofRight) {
            expect(leftUses == ofLeft && rightUses == ofRight, leftUses + " and " + rightUses + " uses");
            expect(!left.isLocked() && left.waiting() == 0, "left is not free");
            expect(right.availablePermits() == 1 && right.waiting() == 0, "right is not free");
        }
    }

    @Test
    @DisplayName("Both, in either order: no deadlock, and one at a time")
    void holdAll_inEitherOrder() {
        Model.check(() -> {
            Forks forks = new Forks();
            Thread other = start(() -> forks.useBoth(Locks.holdAll(forks.right, forks.left)));
            forks.useBoth(Locks.holdAll(forks.left, forks.right));
            join(other);
            forks.expectUses(2, 2);
        });
    }

    @Test
    @DisplayName("Both, in either order, against a third thread that wants one of them")
    void holdAll_againstHold() {
        Model.check(() -> {
            Forks forks = new Forks();
            Thread other = start(() -> forks.useBoth(Locks.holdAll(forks.right, forks.left)));
            Thread single = start(() -> forks.useLeft(forks.left.hold()));
            forks.useBoth(Locks.holdAll(forks.left, forks.right));
            join(other, single);
            forks.expectUses(3, 2);
        });
    }

    @Test
    @DisplayName("An attempt at both fails or holds both, and leaves nothing behind")
    void tryHoldAll_isAllOrNothing() {
        Model.check(() -> {
            Forks forks = new Forks();
            int[] got = new int[1];
            Thread other = start(() -> forks.useBoth(Locks.holdAll(forks.right, forks.left)));
            Held both = Locks.tryHoldAll(forks.left, forks.right);
            if (both != null) {
                got[0]++;
                forks.useBoth(both);
            }
            join(other);
            forks.expectUses(1 + got[0], 1 + got[0]);
        });
    }

    @Test
    @DisplayName("An interrupt against whoever holds both: the one that leaves holds nothing")
    void holdAllInterruptibly_leavesNothing() {
        Model.check(() -> {
            Forks forks = new Forks();
            int[] got = new int[1];
            Held right = forks.right.hold();
            Thread leaver = start(() -> {
                try {
                    Held both = Locks.holdAllInterruptibly(forks.left, forks.right);
                    got[0]++;
                    forks.useBoth(both);
                } catch (InterruptedException e) {
                    // holds nothing
                }
            });
            leaver.interrupt();
            right.close();
            forks.useBoth(Locks.holdAll(forks.right, forks.left));
            join(leaver);
            forks.expectUses(1 + got[0], 1 + got[0]);
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.primitives.Barrier;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Phaser;

/** What {@link BarrierBenchmark}'s parties can meet at. */
public enum BarrierImplementation {
    HEADWAY {
        @Override
        Meeting create(int parties) {
            return new Barrier(parties)::await;
        }
    },
    PHASER {
        @Override
        Meeting create(int parties) {
            return new Phaser(parties)::arriveAndAwaitAdvance;
        }
    },
    CYCLIC_BARRIER {
        @Override
        Meeting create(int parties) {
            return new CyclicBarrier(parties)::await;
        }
    };

    /** A point that all parties pass together, again and again. */
    interface Meeting {
        int await() throws Exception;
    }

    abstract Meeting create(int parties);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chunk of a map, as a task. */
final class ChunkTask extends RemoteTask {

    private final RemoteMap<?, ?> map;

    /** How many bytes are sent. */
    final int bytes;

    /** Written once; whoever sees it sees the results. */
    private volatile @Nullable RemoteOutcome outcome;

    /** Written before the outcome: the results, if they could be read by the pool itself. */
    private @Nullable List<?> results;

    ChunkTask(RemoteMap<?, ?> map, byte[] payload, long timeoutNanos, RemoteFunction function) {
        super(PoolMessage.CHUNK, payload, timeoutNanos, function);
        this.map = map;
        this.bytes = payload.length;
    }

    @Override
    void settled(RemoteOutcome end) {
        RemoteOutcome known = end;
        try {
            if (end.isPlainResult()) {
                results = (List<?>) end.readResult(null);
                known = new RemoteOutcome(null, null, null, end.place());
            }
        } catch (Throwable unreadable) { // corrupted, or larger than the memory: the owner will find that, too
            known = end;
        }
        outcome = known;
        map.hasEnded(this);
    }

    /** What became of it; null if that is not known yet. */
    @Nullable
    RemoteOutcome outcome() {
        return outcome;
    }

    /** The results if the pool itself could read them. */
    @Nullable
    List<?> results() {
        return results;
    }
}

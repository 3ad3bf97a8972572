// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** A progress bar on the last line of a terminal. It is drawn by a thread of its own and vanishes when closed. */
final class Bar implements Progress {
    private static final int WHOLE = 100;
    private static final int INTERVAL_MILLIS = 80;
    private static final int LABEL_WIDTH = 36;
    private static final int BAR_WIDTH = 25;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Glyphs glyphs;
    private final AtomicInteger furthest = new AtomicInteger();
    private final ProgressBar bar;

    Bar(PrintStream out, String label, Glyphs glyphs) {
        this.glyphs = glyphs;
        this.bar = new ProgressBarBuilder()
                .setTaskName(label)
                .setInitialMax(WHOLE)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .setRenderer((state, width) -> draw(state))
                .setConsumer(new LastLine(out))
                .build();
    }

    @Override
    public void accept(int percent) {
        bar.stepTo(furthest.accumulateAndGet(Math.min(percent, WHOLE), Math::max));
    }

    @Override
    public void close() {
        bar.close();
    }

    private String draw(ProgressState state) {
        int percent = (int) state.getCurrent();
        int done = percent * BAR_WIDTH / WHOLE;
        return String.format(
                "%-" + LABEL_WIDTH + "s  %s%s  %3d %%  %8s",
                state.getTaskName(),
                glyphs.done().repeat(done),
                glyphs.left().repeat(BAR_WIDTH - done),
                percent,
                Words.time(state.getElapsedAfterStart()));
    }

    /** Writes each text over the one before. */
    private record LastLine(PrintStream out) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return Page.WIDTH;
        }

        @Override
        public void accept(String text) {
            out.print(ERASE_LINE + text);
            out.flush();
        }

        @Override
        public void clear() {
            out.print(ERASE_LINE);
            out.flush();
        }

        @Override
        public void close() {}
    }
}

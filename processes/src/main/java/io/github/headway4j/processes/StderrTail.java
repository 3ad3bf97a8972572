// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Passes the standard error of a worker process on to that of this one, and remembers its end. */
final class StderrTail {

    /** How much is remembered. */
    private static final int MOST = 4096;

    /** How long the end of the stream is waited for when the process has ended; a descendant may hold it open. */
    private static final long PATIENCE_MILLIS = 1_000L;

    private static final Charset CHARSET = charset();

    private final Process process;
    private final Thread thread;

    /** Guarded by itself: the last bytes, in a ring. */
    private final byte[] last = new byte[MOST];

    private long count;

    @SuppressWarnings("nullness:methodref.receiver.bound") // all is there when it is started
    StderrTail(String name, Process process) {
        this.process = process;
        this.thread = new Thread(this::pass, name + "-stderr");
        thread.setDaemon(true);
        thread.start();
    }

    private static Charset charset() {
        try {
            return Charset.forName(System.getProperty("native.encoding", StandardCharsets.UTF_8.name()));
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private void pass() {
        byte[] bytes = new byte[MOST];
        try (InputStream stderr = process.getErrorStream()) {
            for (int read = stderr.read(bytes); read >= 0; read = stderr.read(bytes)) {
                remember(bytes, read);
                System.err.write(bytes, 0, read);
                System.err.flush();
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void remember(byte[] bytes, int length) {
        synchronized (last) {
            for (int i = 0; i < length; i++) {
                last[(int) (count++ % MOST)] = bytes[i];
            }
        }
    }

    /** After the end of the process: the last of what it wrote, from the beginning of a line if that is known. */
    String end() {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.interrupted(); // nobody has a reason to
        }
        synchronized (last) {
            int length = (int) Math.min(count, MOST);
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = last[(int) ((count - length + i) % MOST)];
            }
            String text = new String(bytes, CHARSET);
            int line = count > MOST ? text.indexOf('\n') + 1 : 0;
            return text.substring(line);
        }
    }
}

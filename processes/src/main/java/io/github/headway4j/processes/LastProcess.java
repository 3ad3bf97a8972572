// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What the operating system tells of the process that was started last. */
final class LastProcess {

    /** The averages of the load, how many there are, and the number that was given last. */
    private static final String FILE = "/proc/loadavg";

    private static final int LONGEST = 128;

    private LastProcess() {}

    /** Whether neither a process nor a thread has been started after this one. False if that is not known. */
    static boolean is(long pid) {
        if (!Platform.IS_LINUX) {
            return false;
        }
        byte[] text = new byte[LONGEST];
        try (InputStream in = new FileInputStream(FILE)) {
            int length = in.read(text);
            return is(pid, text, length);
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Whether the last number in the text is that. */
    static boolean is(long pid, byte[] text, int length) {
        int end = length;
        while (end > 0 && (text[end - 1] < '0' || text[end - 1] > '9')) {
            end--;
        }
        long number = 0L;
        long unit = 1L;
        int at = end - 1;
        for (; at >= 0 && text[at] >= '0' && text[at] <= '9'; at--) {
            number += unit * (text[at] - '0');
            unit *= 10L;
        }
        return at >= 0 && text[at] == ' ' && number == pid;
    }
}

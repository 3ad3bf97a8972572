// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and paragraphs as people like to read them, the same in every locale. */
final class Words {
    private static final long KIBI = 1_024;

    private Words() {}

    /** Writes a number with a comma between thousands. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Writes a number with so many digits behind the point. */
    static String decimals(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /** Writes a time in milliseconds or seconds, with two or three digits that mean something. */
    static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 9.95) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        return millis < 999.5
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    /** Writes an amount of bytes. */
    static String bytes(long bytes) {
        if (bytes < KIBI) {
            return count(bytes) + " B";
        }
        return bytes < KIBI * KIBI
                ? String.format(Locale.ROOT, "%.1f KiB", (double) bytes / KIBI)
                : String.format(Locale.ROOT, "%,.1f MiB", (double) bytes / (KIBI * KIBI));
    }

    /** Writes a part of a whole in percent. */
    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0.0 : 100.0 * part / whole);
    }

    /** Writes how many times as long one time is as another. */
    static String times(Duration longer, Duration shorter) {
        return String.format(Locale.ROOT, "%.1f times", (double) longer.toNanos() / Math.max(1, shorter.toNanos()));
    }

    /** Says how much longer the naive way took, or that it did not. */
    static String comparison(String naive, Duration naively, String other, Duration otherwise) {
        return naively.compareTo(otherwise) > 0
                ? naive + " takes " + times(naively, otherwise) + " as long as " + other
                : naive + " was as fast as " + other + " this time: " + time(naively) + " and " + time(otherwise);
    }

    /** Breaks a text at blanks into lines of at most the given width; a longer word stands alone on its line. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}

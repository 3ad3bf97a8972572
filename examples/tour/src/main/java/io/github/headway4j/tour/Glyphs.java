// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.nio.charset.Charset;

/**
 * The few characters of the page that not every character set has.
 *
 * @param tick before a check that holds
 * @param cross before a check that does not
 * @param rule of a horizontal line
 * @param done of the part of a progress bar that is done
 * @param left of the part of a progress bar that is left
 */
record Glyphs(String tick, String cross, String rule, String done, String left) {
    private static final Glyphs FINE = new Glyphs("\u2713", "\u2717", "\u2500", "\u2501", "\u2500");
    private static final Glyphs ASCII = new Glyphs("+", "!", "-", "#", ".");

    /** {@return the finest characters that the character set can encode} */
    static Glyphs of(Charset charset) {
        return charset.newEncoder().canEncode(FINE.tick + FINE.cross + FINE.rule + FINE.done) ? FINE : ASCII;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines come out whole, however the bytes of them are cut into pieces. */
class LineSinkTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"})
    void lines_areTheSame_whereverTheBytesAreCut(String charset) throws Exception {
        String text = charset.startsWith("ISO")
                ? "one\ntwo\r\nthree\rfour\n\n\r\r\n\u00e4\u00f6\nlast"
                : "one\ntwo\r\nthree\rfour\n\n\r\r\n\u00e4\u20ac\n\ud83d\ude00 x\nlast";
        byte[] bytes = text.getBytes(Charset.forName(charset));
        List<String> expected = new ArrayList<>(List.of("one", "two", "three", "four", "", "", ""));
        expected.addAll(
                charset.startsWith("ISO")
                        ? List.of("\u00e4\u00f6", "last")
                        : List.of("\u00e4\u20ac", "\ud83d\ude00 x", "last"));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(lines(Charset.forName(charset), bytes, cut))
                    .as("cut at %s", cut)
                    .isEqualTo(expected);
        }
        assertThat(lines(Charset.forName(charset), bytes, 1, 1)).isEqualTo(expected);
    }

    @Test
    void whatIsMalformed_isReplaced() throws Exception {
        byte[] bytes = {'a', (byte) 0xff, 'b', '\n', (byte) 0xe2, (byte) 0x82};
        assertThat(lines(StandardCharsets.UTF_8, bytes, bytes.length)).containsExactly("a\ufffdb", "\ufffd");
    }

    @Test
    void output_withoutAnything_hasNoLines() throws Exception {
        assertThat(lines(StandardCharsets.UTF_8, new byte[0], 0)).isEmpty();
        assertThat(lines(StandardCharsets.UTF_8, new byte[] {'\n'}, 1)).containsExactly("");
    }

    @Test
    void longLine_comesInPieces_thatCutNoCharacter() throws Exception {
        String pair = "\ud83d\ude00";
        String text = "x" + pair.repeat(LineSink.LONGEST) + "\nnext\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> lines = lines(StandardCharsets.UTF_8, bytes, 0);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("next");
        assertThat(String.join("", lines.subList(0, lines.size() - 1)) + "\nnext\n")
                .isEqualTo(text);
        assertThat(lines).hasSizeGreaterThan(2).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(LineSink.LONGEST + 1);
            assertThat(Character.isHighSurrogate(line.charAt(line.length() - 1)))
                    .isFalse();
        });
    }

    /** The lines of bytes that come in a first piece of some length, then in others. */
    private static List<String> lines(Charset charset, byte[] bytes, int first, int... others) throws IOException {
        List<String> lines = new ArrayList<>();
        LineSink sink = new LineSink(lines::add, charset);
        int at = 0;
        int length = first;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + length);
            ByteArrayInputStream piece = new ByteArrayInputStream(bytes, at, end - at);
            while (piece.available() > 0) {
                sink.deliver(sink.fill(piece));
            }
            at = end;
            length = others.length > 0 ? others[0] : bytes.length;
        }
        sink.end();
        return lines;
    }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {

    @Test
    void draw_severalPictures_givesDifferentPngFilesOfTheAskedSize() throws Exception {
        Map<String, byte[]> pictures = Pictures.draw(3, 40, 1);

        assertThat(pictures.keySet()).containsExactly("picture-001.png", "picture-002.png", "picture-003.png");
        for (byte[] content : pictures.values()) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(content));
            assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(40, 40);
        }
        assertThat(pictures.get("picture-001.png")).isNotEqualTo(pictures.get("picture-002.png"));
    }

    @Test
    void draw_sameSeed_givesTheSamePictures() throws Exception {
        assertThat(Pictures.draw(1, 20, 5).get("picture-001.png"))
                .isEqualTo(Pictures.draw(1, 20, 5).get("picture-001.png"))
                .isNotEqualTo(Pictures.draw(1, 20, 6).get("picture-001.png"));
    }
}

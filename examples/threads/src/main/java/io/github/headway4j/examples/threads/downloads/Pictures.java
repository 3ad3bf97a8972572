// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws the pictures that the program downloads, so that it needs no files and no network. */
final class Pictures {

    private Pictures() {}

    /**
     * Draws square pictures of coloured waves and stores them in the PNG format.
     *
     * @param count how many pictures
     * @param side the width and height of each in pixels
     * @param seed where the random colours start; the same seed gives the same pictures
     * @return the content of each picture by its file name, in the order of the names
     * @throws IOException if a picture cannot be stored
     */
    static Map<String, byte[]> draw(int count, int side, long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int number = 1; number <= count; number++) {
            pictures.put(String.format(Locale.ROOT, "picture-%03d.png", number), png(waves(side, random)));
        }
        return pictures;
    }

    private static BufferedImage waves(int side, Random random) {
        int colour = random.nextInt(0x1000000);
        double stretch = 5 + random.nextInt(30);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int grain = random.nextInt(16);
                int brightness = (int) (120 + 60 * Math.sin(x / stretch) + 60 * Math.cos(y / stretch)) + grain;
                image.setRGB(x, y, colour ^ (brightness & 0xff) * 0x010101);
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(content)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("This Java runtime has no writer for PNG pictures");
            }
        }
        return content.toByteArray();
    }
}

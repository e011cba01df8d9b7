package dev.sluice.gateway.filter.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** All markers mark the same bytes, and a JVM without the vector module still has one. */
final class MarkerTest {
    static final List<Marker> MARKERS = List.of(new PlainMarker(), new VectorMarker());
    private static final int OFFSETS = 9;

    @ParameterizedTest
    @FieldSource("MARKERS")
    void everyByteIsMarkedOrNotWhateverStandsBesideIt(Marker marker) {
        byte[] text = new byte[256 * 256 * 2];
        for (int i = 0; i < text.length; i += 2) {
            text[i] = (byte) (i >> 1);
            text[i + 1] = (byte) (i >> 9);
        }
        for (int from = 0; from < text.length; from += marker.longest()) {
            assertMarks(marker, text, from, marker.longest());
        }
    }

    @ParameterizedTest
    @FieldSource("MARKERS")
    void stretchesMayBeginAndEndAnywhere(Marker marker) {
        Random random = new Random(1);
        byte[] text = new byte[4 * Marker.SHORTEST + OFFSETS];
        for (int length = Marker.SHORTEST; length <= text.length - OFFSETS; length++) {
            random.nextBytes(text);
            for (int from = 0; from <= OFFSETS; from++) {
                assertMarks(marker, text, from, length);
            }
        }
    }

    @Test
    void vectorsAreTakenOnlyWhereTheyAreKnownAndCompiled() throws Exception {
        String fast = VectorMarker.isFast() ? "VectorMarker" : "PlainMarker";
        assertThat(fastest("--add-modules", "jdk.incubator.vector")).isEqualTo(fast);
        assertThat(fastest()).isEqualTo("PlainMarker");
        for (String slow : List.of("-Xint", "-XX:TieredStopAtLevel=1", "-XX:MaxVectorSize=16")) {
            assertThat(fastest("--add-modules", "jdk.incubator.vector", slow)).as(slow).isEqualTo("PlainMarker");
        }
    }

    private static void assertMarks(Marker marker, byte[] text, int from, int length) {
        long[] words = new long[Marker.words(length)];
        marker.mark(text, from, length, words);
        for (int i = 0; i < length; i++) {
            byte b = text[from + i];
            boolean marked = (words[i / Long.SIZE] >>> i & 1) != 0;
            assertThat(marked).as("byte %d at %d of %d from %d", b, i, length, from).isEqualTo(b == '"' || b == '\\' || b < ' ');
        }
    }

    private static String fastest(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fastest.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out.strip();
    }

    /** Prints the marker that a JVM picks. */
    static final class Fastest {
        private Fastest() {}

        public static void main(String... arguments) {
            Marker marker = Marker.fastest();
            byte[] text = new byte[marker.longest()];
            marker.mark(text, 0, text.length, new long[Marker.words(text.length)]);
            System.out.println(marker.getClass().getSimpleName());
        }
    }
}

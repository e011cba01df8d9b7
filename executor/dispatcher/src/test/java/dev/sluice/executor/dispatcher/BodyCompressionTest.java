package dev.sluice.executor.dispatcher;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BodyCompressionTest {
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {256, 257, 1_500, 65_535, 65_536})
    void whatRepeatsItselfIsStoredShorterAndComesBack(int size) {
        Buffer body = repetitive(size);
        Buffer stored = BodyCompression.compress(body);

        assertThat(stored.length()).isLessThan(size * 7 / 8);
        assertThat(BodyCompression.decompress(stored, size)).isEqualTo(body);
    }

    @Test
    void anyMixtureComesBack() {
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(4_000)];
            random.nextBytes(bytes);
            Buffer body = Buffer.buffer(bytes).appendBuffer(repetitive(random.nextInt(4_000)));
            Buffer stored = BodyCompression.compress(body);
            Buffer back = stored.length() < body.length() ? BodyCompression.decompress(stored, body.length()) : stored;
            assertThat(back).isEqualTo(body);
        }
    }

    @Test
    void whatGainsNothingStaysAsItIs() {
        byte[] noise = new byte[2_000];
        random.nextBytes(noise);

        assertThat(BodyCompression.compress(Buffer.buffer(noise))).isEqualTo(Buffer.buffer(noise));
        assertThat(BodyCompression.compress(repetitive(255))).isEqualTo(repetitive(255));
        assertThat(BodyCompression.compress(repetitive(65_537))).isEqualTo(repetitive(65_537));
        assertThat(BodyCompression.compress(Buffer.buffer())).isEqualTo(Buffer.buffer());
    }

    @Test
    void aBlockOfAnotherSizeIsNotTakenForTheBody() {
        Buffer stored = BodyCompression.compress(repetitive(1_000));

        assertThatThrownBy(() -> BodyCompression.decompress(stored, 999)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> BodyCompression.decompress(stored, 1_001)).isInstanceOf(IllegalStateException.class);
    }

    private static Buffer repetitive(int size) {
        return Buffer.buffer("{\"order\":1,\"paid\":true}".repeat(size / 20 + 1)).slice(0, size);
    }
}
